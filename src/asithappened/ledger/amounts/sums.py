"""Adding the words of a number up: "two hundred and five thousand", "dreiundsechzig", "two and a half million".

Owns which word may follow which inside one number. Knows no words: classes and values are given. Look next: `numbers`.
"""

from typing import Final

_LARGE: Final = 100_000  # a lakh, a million: what thousands may be counted of


class Sum:
    """Adds a number's words up, as far as they are one number."""

    def __init__(self) -> None:
        self.total = self.group = 0.0
        self.ceiling = float("inf")
        self.factor = 1.0
        self.seen = self.times = self.scaled = self.open = self.fraction = self.digits = self.closed = False
        self.whole = False  # whether all that stood before a large scale was multiplied by it

    @property
    def value(self) -> float:
        return self.total + self.group

    def take(self, kind: str, value: float, *, inside: bool = False) -> bool:
        """Take a word of a class. `inside`: it is joined with what is before it in one written word."""
        if self.closed:
            return False
        match kind:
            case "number":
                return self._add(value, inside=inside)
            case "digits":
                if self.seen:
                    return False
                self.group, self.seen, self.digits = value, True, True
                return True
            case "scale" | "suffix":
                return self._multiply(value)
            case "many":
                if self.seen and not self.open:
                    return False
                self.group, self.seen, self.open = (self.group or 1) * value, True, True
                return True
            case "fraction":
                return self._part(value)
            case "times":
                if self.seen:
                    return False
                self.group, self.seen, self.times, self.closed = value, True, True, True
                return True
            case _:
                return False

    def _add(self, value: float, *, inside: bool) -> bool:
        if not self.seen:
            self.group, self.seen = value, True
            return True
        if self.digits or self.open or self.fraction:
            return False
        tens, ones = self.group % 100, self.group % 10
        fits = (
            (self.group == 0 and self.total > 0 and value < self.ceiling)
            or (self.group >= 100 and tens == 0 and value < 100)
            or (tens >= 20 and ones == 0 and 0 < value < 10)
            or (inside and 0 < tens < 10 and value >= 20 and value % 10 == 0 and value < 100)
        )
        if fits:
            self.group += value
        return fits

    def _multiply(self, value: float) -> bool:
        if self.fraction and self.value > 1:
            return False
        if value <= 100:
            if self.group >= 100 and value == 100:
                return False
            self.group = (self.group if self.seen and self.group else 1) * value
        elif not self.whole and self.ceiling < _LARGE <= value:
            self.total, self.group, self.ceiling = self.value * value, 0.0, value  # "eighteen thousand crore"
            self.whole = True
        elif value > self.ceiling or (self.total and not self.group):
            return False
        else:
            self.total += (self.group or 1) * value
            self.group, self.ceiling = 0.0, value
        self.factor *= value
        self.seen = self.scaled = True
        self.fraction = False
        self.closed = value == 12
        return True

    def _part(self, value: float) -> bool:
        """Take "thirds" after "two"; what is added ("and a half") is `plus`."""
        if self.fraction or (self.seen and (self.scaled or self.open or not 0 < self.value < 20)):
            return False
        self.group, self.seen, self.fraction = (self.group if self.seen else 1) * value, True, True
        return True

    def plus(self, value: float) -> None:
        """Add a part to what stands: "two and a half"."""
        if self.scaled and self.ceiling < float("inf") and not self.group:  # "a million and a half"
            self.total += self.ceiling * value
        else:
            self.group += value
