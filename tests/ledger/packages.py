"""A small package in a folder of its own, with the metadata that an installer writes, for tests of plug-ins."""

from pathlib import Path


class Package:
    """An installed package of one module. `folder` is what belongs on the path."""

    def __init__(self, folder: Path, module: str, name: str = "", version: str = "1.0") -> None:
        self.folder, self._module = folder, module
        self._name = (name or module).replace("-", "_")
        self._version = version

    def offer(self, suggesters: dict[str, str], source: str) -> None:
        """Write the module, and entry points that name what in it suggests."""
        info = self.folder / f"{self._name}-{self._version}.dist-info"
        info.mkdir(parents=True)
        (self.folder / f"{self._module}.py").write_text(source, "utf-8")
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {self._name}\nVersion: {self._version}\n")
        lines = [f"{name} = {self._module}:{what}" for name, what in suggesters.items()]
        (info / "entry_points.txt").write_text("\n".join(["[asithappened.suggesters]", *lines, ""]))
