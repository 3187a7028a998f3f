"""Pictures, films and sounds: whether their files can be written, read and deleted, here and elsewhere."""

from asithappened.wiring.doctor.finding import Finding


def files() -> Finding:
    """Does the store give back what is put there?"""
    from asithappened.media.store import store

    files = store()
    where = f"{files.folder}, a cache of the S3 store" if files.elsewhere is not None else str(files.folder)
    try:
        files.check()
    except Exception as error:  # whatever the store elsewhere raises
        says = f"files cannot be kept in {where}: {type(error).__name__}: {' '.join(str(error).split())}"
        do = "See that this user may write to the folder and, with S3, that ASITHAPPENED_MEDIA_S3_… are right."
        return Finding(check="media", result="fail", says=says, do=do)
    return Finding(check="media", result="ok", says=f"written, read and deleted in {where}")
