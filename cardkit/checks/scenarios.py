"""CK2: a scenario changes what is there, to what may stand there."""

from collections.abc import Iterable

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Code, Finding
from cardkit.ground.text import Text
from cardkit.source.overlay import Overlay, assignments, overlaid

SCENARIO_FITS_NOTHING = Code("CK211", "scenario-fits-nothing")


@check(SCENARIO_FITS_NOTHING)
def scenario_fits_nothing(checking: Checking) -> Iterable[Finding]:
    """A scenario sets a value that isn't there, or to what can't stand there.

    情景要改的值不存在，或改成了不能写在那里的内容。

    Why: a scenario is used months after it was written. If a benefit was renamed meanwhile, the steering
    meeting would find out.
    为什么：情景往往写好几个月后才用；其间权益改了名，就会在评审会上才发现。
    Bad (catalog.yaml):
        scenarios:
          dearer-vets:
            name: {zh: 诊费上涨, en: Dearer vets}
            set:
              pet-care.prise: 88  # here
    Good (catalog.yaml):
        scenarios:
          dearer-vets:
            name: {zh: 诊费上涨, en: Dearer vets}
            set:
              pet-care.price: 88
              gen-z.usage.clinic-visits.ticket_mean: "*1.2"
    Source: docs/guide.md, “What if”
    """
    catalog, settings = checking.catalog, checking.settings
    if settings is None:
        return
    for name in settings.scenarios:
        changes = assignments(catalog, Overlay(name))
        # One by one only where something is wrong: a scenario may touch every segment.
        usable = [change for change in changes if change.path.partition(".")[0] not in catalog.broken]
        try:
            overlaid(catalog, usable)
            continue
        except CardkitError:
            before = catalog
        for change in usable:
            try:
                before = overlaid(before, [change])
            except CardkitError as error:
                site = catalog.setting_site("scenarios", name, "set", change.path)
                hint = error.hint or Text("改路径或值", "mend the path or the value")
                yield Finding(SCENARIO_FITS_NOTHING, site, error.message, hint, settings.id)
