"""What the algorithm is, does and runs on (domain.md §2.3, §2.4)."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.facts import answered
from filings.dossier.files import SCAN
from filings.dossier.forms import ItemForm, SectionForm
from filings.dossier.sections.options import (
    CLASSES,
    FIELDS_OF_APPLICATION,
    ROLES,
    TECHNIQUES,
)

YES = "yes"


class Algorithm(SectionForm):
    """Base attributes asked of every class; each kind adds its own."""

    code = "algorithm"
    group = "algorithm"
    title = _("Base attributes")
    cites = ("ARP 24",)

    name = fields.text(
        _("Name of the algorithm"),
        max_length=60,
        public=True,
        expects=_(
            "One name everywhere: here, on your pages and in every paper. Unique in the "
            "country. Usually brand, what it does, and “算法”; siblings end in -1, -2."
        ),
        example=_("青岚图文创作生成合成算法"),
        cites=("ARP 24",),
    )
    is_online = fields.yes_no(
        _("Is it in service already?"),
        expects=_("File within ten working days of starting service."),
        cites=("ARP 24",),
    )
    online_on = fields.day(_("In service since"), when=answered("is_online", YES), cites=("ARP 24",))
    planned_on = fields.day(_("Planned start of service"), required=False, when=answered("is_online", "no"))
    version = fields.text(_("Version"), max_length=40, required=False)
    application_fields = fields.choices(
        _("Fields of application"),
        FIELDS_OF_APPLICATION,
        public=True,
        cites=("ARP 24", "GAI 5"),
    )
    other_field = fields.text(
        _("Which other field"),
        max_length=60,
        when=answered("application_fields", "other"),
    )
    news_permit = fields.text(
        _("Licence for internet news"),
        max_length=100,
        when=answered("application_fields", "news_portal", "news_agency", "audiovisual_news"),
        cites=("ARP 13",),
        expects=_("News may be served only by those licensed for it. If no news is served, write why."),
    )


class SynthesisAlgorithm(Algorithm):
    algorithm_class = fields.choice(_("Class of algorithm"), CLASSES[:1], public=True, cites=("ARP 2", "ARP 24"))
    role = fields.choice(
        _("Role"),
        ROLES,
        public=True,
        expects=_(
            "Provider: you serve users yourselves. Supporter: others serve users with your "
            "technique. Who does both files twice."
        ),
        cites=("DSP 19", "DSP 23"),
    )
    techniques = fields.choices(_("Techniques of synthesis"), TECHNIQUES, cites=("DSP 23",))

    field_order = ["algorithm_class", "role", "name", "techniques"]


class RecommendationAlgorithm(Algorithm):
    algorithm_class = fields.choice(
        _("Class of algorithm"),
        CLASSES[1:],
        public=True,
        expects=_(
            "Push: by a user's traits or behaviour. Ranking: sets an order. Search: "
            "answers queries. Filtering: finds and removes. Dispatch: assigns or decides."
        ),
        cites=("ARP 2", "ARP 24"),
    )

    field_order = ["algorithm_class", "name"]


class Introduction(SectionForm):
    code = "introduction"
    group = "algorithm"
    title = _("Introduction")
    cites = ("ARP 24",)

    summary = fields.long_text(
        _("The algorithm in brief"),
        max_length=2000,
        min_length=40,
        expects=_("What it takes, what it does with it, what comes out, for whom."),
        example=_(
            "The algorithm takes a subject and keywords from a registered user, plans an "
            "article, writes it with a language model and reviews it before it is shown."
        ),
    )
    main_scene = fields.text(
        _("Main use: scene"),
        max_length=40,
        public=True,
        expects=_("Completes “应用于…场景”, without these words. Printed in the public list."),
        example=_("图文创作"),
    )
    main_basis = fields.text(
        _("Main use: basis"),
        max_length=60,
        public=True,
        expects=_("Completes “根据…”: what the user gives, or what is known."),
        example=_("用户输入的主题和关键词"),
    )
    main_result = fields.text(
        _("Main use: result"),
        max_length=60,
        public=True,
        expects=_("For synthesis, completes “生成…”. For other classes begin with the verb, such as 推送 or 排列."),
        example=_("图文并茂的文章"),
    )
    scenarios = fields.long_text(
        _("Range and scenes of use"),
        max_length=2000,
        expects=_("Where it may be used, where not, and who sees the result."),
        cites=("ARP 24", "GAI 10"),
    )
    user_groups = fields.long_text(
        _("Groups served"),
        max_length=500,
        expects=_("Age, trade, individuals or organisations; whether minors or the elderly are among them."),
        cites=("GAI 10",),
    )
    user_count = fields.integer(
        _("Number of users"),
        unit=_("people"),
        expects=_("Registered users of the functions that use it; for a supporter, customers."),
        cites=("ARP 23",),
    )
    social_impact = fields.long_text(
        _("Effect on society"),
        max_length=1500,
        expects=_("Good and bad effects on the public, on single groups, on work and on order online."),
        cites=("ARP 23",),
    )
    innovation = fields.long_text(
        _("Own innovation"),
        max_length=1000,
        required=False,
        expects=_("Own work in algorithms, frameworks, chips and software platforms."),
        cites=("GAI 6",),
    )


PLACES = (("china", _("In mainland China")), ("abroad", _("Elsewhere")))
HOSTING = (
    ("own", _("Own machine room")),
    ("rented", _("Rented room or rack")),
    ("cloud", _("Cloud")),
)
PURPOSES = (
    ("inference", _("Service")),
    ("training", _("Training")),
    ("storage", _("Storage")),
    ("review", _("Content review")),
)


class Deployment(ItemForm):
    title = _("Place of deployment")
    minimum = 1
    cites = ("SAE 6",)

    name = fields.text(_("Designation"), max_length=60, expects=_("A name you use for it."))
    place = fields.choice(_("In China or elsewhere"), PLACES)
    location = fields.text(
        _("City, room and address"),
        max_length=200,
        expects=_("Down to the room or availability zone."),
        example=_("Hangzhou, Xixi data centre, room 3"),
    )
    hosting = fields.choice(_("Hosting"), HOSTING)
    supplier = fields.text(_("Supplier"), max_length=100, when=answered("hosting", "cloud", "rented"))
    public_address = fields.text(
        _("Public IP addresses"),
        max_length=200,
        expects=_("All of them, or the range."),
    )
    used_for = fields.choices(_("Used for"), PURPOSES)
    hardware = fields.text(
        _("Hardware"),
        max_length=200,
        expects=_("Make and model of chips, and how many."),
        cites=("GAI 6",),
    )


class Facilities(SectionForm):
    code = "facilities"
    group = "algorithm"
    title = _("Software, hardware and place")
    cites = ("SAE 6",)
    items: ClassVar[dict[str, type[ItemForm]]] = {"deployments": Deployment}

    software = fields.long_text(
        _("Software and frameworks"),
        max_length=1000,
        expects=_("Operating system, database, framework of training and service, with versions."),
        cites=("GAI 6",),
    )
    performance = fields.long_text(
        _("Performance"),
        max_length=1000,
        expects=_("Response time, load, accuracy, with how they were measured."),
    )
    method = fields.long_text(
        _("Method of calculation"),
        max_length=1000,
        required=False,
        expects=_("Batch or at once, on the server or the device."),
    )


class Node(ItemForm):
    title = _("Step of the flow")
    minimum = 3
    cites = ("ARP 24",)

    name = fields.text(_("Name of the step"), max_length=60)
    explanation = fields.long_text(
        _("What happens"),
        max_length=800,
        expects=_("What comes in, what is done and by which model or rule, what goes out."),
    )
    follows = fields.text(
        _("Then"),
        max_length=200,
        required=False,
        expects=_("The next step or steps and on which condition."),
    )


class Flow(SectionForm):
    code = "flow"
    group = "algorithm"
    title = _("Flow of the algorithm")
    lead = _("The chart and a row for every node in it, under the same names.")
    cites = ("ARP 24",)
    items: ClassVar[dict[str, type[ItemForm]]] = {"nodes": Node}

    chart = fields.files(
        _("Flow chart"),
        SCAN,
        expects=_("From input through review to result, readable when printed."),
    )
