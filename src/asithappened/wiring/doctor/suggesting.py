"""Checks the suggesters beside our own rules: those of other packages, and a language model, if any are named."""

from asithappened.wiring.doctor.finding import Finding


def suggesters() -> Finding:
    """Does each of them start, answer in time about a text of ours, and answer with what passes?"""
    from django.conf import settings

    from asithappened.ledger import plugins

    if not settings.SUGGESTERS:
        return Finding(check="suggesters", result="ok", says="our own rules suggest, and no other package")
    faults = {name: plugins.faults_of(name) for name in settings.SUGGESTERS}
    said = "; ".join(f"{name}: {found[0]}" for name, found in faults.items() if found)
    if said:
        do = "Mend or remove it, or take its name out of ASITHAPPENED_SUGGESTERS. All others go on."
        return Finding(check="suggesters", result="warn", says=said, do=do)
    return Finding(check="suggesters", result="ok", says=f"{', '.join(faults)}: started and answered")


def model() -> Finding:
    """Does the language model answer about a sentence of ours?"""
    from django.conf import settings

    from asithappened.ledger.model.asking import ModelFailed, ModelSuggester
    from asithappened.ledger.views import BlogView, of_text

    if settings.MODEL is None:
        return Finding(check="model", result="ok", says="no language model is named")
    of = f"{settings.MODEL.name} at {settings.MODEL.url}"
    post = of_text("The harbour is closed, the harbour master said.")
    try:
        ModelSuggester(settings.MODEL).suggest(post, BlogView(posts=(post,)))
    except ModelFailed as error:
        do = "See that it runs, and that ASITHAPPENED_MODEL_… are right. Our own rules suggest all the same."
        return Finding(check="model", result="warn", says=f"{of}: {error}", do=do)
    blogs = len(settings.MODEL.blogs)
    return Finding(check="model", result="ok", says=f"{of} answers, and may read {blogs} live blogs")
