"""The closed lists of the generative tracks (domain.md §3.2-3.4). Codes are stored."""

from django.utils.translation import gettext_lazy as _

from filings.dossier.facts import of_kind

YES = "yes"
# Asked of a filing 备案 only: a registration 登记 changes nothing in the model that it calls.
FILED = of_kind("generative")
REGISTERED = of_kind("generative_registration")

FUNCTIONS = (
    ("dialogue", _("Dialogue with people")),
    ("text", _("Text")),
    ("image", _("Images")),
    ("speech", _("Speech and other sound")),
    ("video", _("Video")),
    ("code", _("Code, written or improved")),
    ("other", _("Something else")),
)
MODALITIES = (
    ("text", _("Text")),
    ("image", _("Image")),
    ("audio", _("Audio")),
    ("video", _("Video")),
    ("scene", _("Virtual scene")),
)
SECTORS = (
    ("medicine", _("Medicine")),
    ("finance", _("Finance")),
    ("education", _("Education")),
    ("law", _("Legal matters")),
    ("government", _("Public administration")),
    ("industry", _("Industry and research")),
    ("culture", _("Culture and media")),
    ("other", _("Another sector")),
)
ALGORITHM_FILING = (
    ("filed", _("Filed, with a number")),
    ("under_way", _("Being filed")),
    ("not_needed", _("Not needed")),
)
ORIGINS = (
    ("own", _("Our own, trained from the ground up")),
    ("borrowed", _("Built on another's model, or called from it")),
)
ACCESS = (
    ("call", _("Called as a service, unchanged")),
    ("weights", _("Its open weights, further trained")),
    ("licensed", _("Licensed and deployed by us, further trained")),
)
STAGES = (
    ("pre_training", _("Pre-training")),
    ("fine_tuning", _("Fine-tuning")),
    ("alignment", _("Alignment")),
)
CORPUS_KINDS = (
    ("open", _("Open data set")),
    ("self_collected", _("Collected or made by ourselves")),
    ("commercial", _("Bought or licensed")),
    ("user_input", _("Users' input")),
    ("public_data", _("Opened public data")),
    ("synthetic", _("Synthetic data")),
)
CORPUS_TYPES = (
    ("text", _("Text")),
    ("code", _("Code")),
    ("image", _("Images")),
    ("pairs", _("Image-text pairs")),
    ("audio", _("Audio")),
    ("video", _("Video")),
)
LANGUAGES = (
    ("chinese", _("Chinese")),
    ("english", _("English")),
    ("other", _("Other languages")),
    ("none", _("No language")),
)
PLACES_OF_ORIGIN = (
    ("domestic", _("Mainland China")),
    ("foreign", _("Elsewhere")),
)
SIZE_UNITS = (
    ("tokens", _("million tokens")),
    ("items", _("items")),
    ("pairs", _("image-text pairs")),
    ("images", _("images")),
    ("hours", _("hours")),
)
GRADES = (
    ("free", _("Opened without conditions")),
    ("conditional", _("Opened on conditions")),
    ("authorised", _("Authorised operation of public data")),
)
USES = (
    ("training", _("Training")),
    ("inference", _("Service")),
    ("review", _("Content review")),
)
HOSTING = (
    ("own", _("Our own machines")),
    ("rented", _("Rented room or machines")),
    ("cloud", _("Cloud")),
    ("public_platform", _("Public compute platform")),
)
WORK = (
    ("annotate", _("Annotation")),
    ("review", _("Review of annotations")),
    ("arbitrate", _("Decision of doubts")),
    ("manage", _("Rules and training")),
)
TEAM_KINDS = (
    ("own", _("Our own staff")),
    ("outsourced", _("A firm that annotates for us")),
    ("both", _("Both")),
)
METHODS = (
    ("keywords", _("Keyword list")),
    ("classifier", _("Classification model")),
    ("question_bank", _("Comparison with a question bank")),
    ("third_party_review", _("Third-party review service")),
    ("human", _("By people")),
)
CAPACITIES = (
    ("legal_person", _("Legal representative")),
    ("security_head", _("Head of the security assessment")),
    ("legal_head", _("Head of legal affairs")),
    ("other", _("Another")),
)
CONCLUSIONS = (
    ("fit", _("Meets the requirements; fit for service")),
    ("conditional", _("Fit for service when the named measures are done")),
    ("not_fit", _("Not fit for service")),
)
