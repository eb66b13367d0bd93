"""The closed lists a dossier chooses from. Codes are stored; the words may change."""

from django.utils.translation import gettext_lazy as _

ENTITY_TYPES = (
    ("company", _("Company")),
    ("sole_trader", _("Sole trader")),
    ("public_institution", _("Public institution")),
    ("government", _("Government body")),
    ("association", _("Association")),
    ("private_non_profit", _("Private non-profit")),
    ("other", _("Other")),
)
CERTIFICATES = (
    ("business_licence", _("Business licence")),
    ("institution_certificate", _("Certificate of public institution")),
    ("association_certificate", _("Certificate of association")),
    ("non_profit_certificate", _("Certificate of private non-profit")),
    ("code_certificate", _("Credit code certificate")),
    ("other", _("Other")),
)
TERMS = (
    ("fixed", _("Until a day")),
    ("long", _("Without end")),
)
IDENTITY_PAPERS = (
    ("identity_card", _("Resident identity card")),
    ("passport", _("Passport")),
    ("hk_macao_permit", _("Mainland travel permit, Hong Kong and Macao")),
    ("taiwan_permit", _("Mainland travel permit, Taiwan")),
    ("residence_permit", _("Foreigner's permanent residence card")),
)
CLASSES = (
    ("01", _("Generation and synthesis")),
    ("02", _("Personalised push")),
    ("03", _("Ranking and selection")),
    ("04", _("Information search")),
    ("05", _("Content filtering")),
    ("06", _("Dispatch and decision")),
)
ROLES = (
    ("provider", _("Service provider")),
    ("supporter", _("Technical supporter")),
)
FIELDS_OF_APPLICATION = (
    (
        _("Online sale"),
        (
            ("general_trade", _("General goods")),
            ("vertical_trade", _("Goods of one kind")),
            ("supermarket_group", _("Supermarkets and group buying")),
        ),
    ),
    (
        _("Everyday services"),
        (
            ("travel_service", _("Rides")),
            ("tourism", _("Tourism")),
            ("delivery", _("Delivery")),
            ("housekeeping", _("Household help")),
            ("housing", _("Housing agency")),
        ),
    ),
    (
        _("Social and entertainment"),
        (
            ("messaging", _("Instant messaging")),
            ("games", _("Games and leisure")),
            ("audiovisual", _("Audio and video")),
            ("live_video", _("Live video")),
            ("short_video", _("Short video")),
            ("literature", _("Literature")),
        ),
    ),
    (
        _("News and information"),
        (
            ("news_portal", _("News portal")),
            ("search_engine", _("Search engine")),
            ("user_content", _("User-generated content")),
            ("audiovisual_news", _("Audio and video information")),
            ("news_agency", _("News organisation")),
        ),
    ),
    (
        _("Finance"),
        (
            ("general_finance", _("General finance")),
            ("payment", _("Payment")),
            ("consumer_finance", _("Consumer finance")),
            ("financial_news", _("Financial information")),
            ("securities", _("Securities")),
        ),
    ),
    (
        _("Computing"),
        (
            ("smart_devices", _("Smart devices")),
            ("operating_system", _("Operating systems")),
            ("app_store", _("Application stores")),
            ("information_management", _("Information management")),
            ("cloud", _("Cloud computing")),
            ("network_service", _("Network services")),
            ("industrial_internet", _("Industrial internet")),
        ),
    ),
    ("other", _("Other")),
)
TECHNIQUES = (
    ("text", _("Generates or edits text")),
    ("speech", _("Generates or edits speech")),
    ("sound", _("Generates or edits other sound")),
    ("biometric_image", _("Faces and other biometric features in images and video")),
    ("other_image", _("Other content of images and video")),
    ("virtual_scene", _("Digital persons and virtual scenes")),
)
MODALITIES = (
    ("text", _("Text")),
    ("image", _("Image")),
    ("audio", _("Audio")),
    ("video", _("Video")),
    ("scene", _("Virtual scene")),
    ("other", _("Other")),
)
SERVICE_FORMS = (
    ("app", _("App")),
    ("website", _("Web page")),
    ("mini_program", _("Mini-program")),
    ("public_account", _("Public account")),
    ("other", _("Other")),
)
AUDIENCES = (
    ("public", _("The public")),
    ("business", _("Business customers")),
    ("government", _("Government bodies")),
    ("internal", _("Registered members only")),
)
LIVE = (
    ("live", _("Online")),
    ("not_live", _("Not yet online")),
)
REAL_NAME_METHODS = (
    ("mobile", _("Verified mobile number")),
    ("identity_number", _("Identity number")),
    ("credit_code", _("Unified social credit code")),
    ("national_service", _("National online identity service")),
)
SOURCE_KINDS = (
    ("open", _("Open data set")),
    ("self_collected", _("Collected or made by ourselves")),
    ("bought", _("Bought or licensed")),
    ("public_data", _("Opened public data")),
    ("user_input", _("Users' input")),
    ("synthetic", _("Synthetic data")),
)
SCALE_UNITS = (
    ("items", _("items")),
    ("tokens", _("tokens")),
    ("images", _("images")),
    ("pairs", _("image-text pairs")),
    ("hours", _("hours")),
    ("gigabytes", _("GB")),
)
LEGAL_GROUNDS = (
    ("consent", _("Consent of the person")),
    ("contract", _("Needed for a contract or for personnel work")),
    ("duty", _("Needed for a legal duty")),
    ("emergency", _("Public health or emergency")),
    ("news", _("News reporting in the public interest")),
    ("disclosed", _("Lawfully disclosed information")),
    ("other_law", _("Another law provides for it")),
)
MODEL_ORIGINS = (
    ("own", _("Developed by ourselves")),
    ("open_source", _("Open source")),
    ("third_party", _("Third party, called as a service")),
    ("licensed", _("Third party, deployed by ourselves")),
)
REVIEW_METHODS = (
    ("keywords", _("Keyword list")),
    ("classifier", _("Classification model")),
    ("third_party_review", _("Third-party review service")),
    ("sampling", _("Manual sampling")),
    ("human_all", _("Manual review of everything")),
)
RISKS = (
    ("abuse", _("Abuse of the algorithm")),
    ("malicious_use", _("Malicious use")),
    ("vulnerability", _("Weakness of the algorithm")),
    ("illegal_generation", _("Illegal or bad information is generated")),
    ("illegal_storage", _("Illegal or bad information is stored")),
    ("illegal_spread", _("Illegal or bad information spreads")),
    ("leak", _("Data and users' information leak")),
    ("other", _("Other risks")),
)
MEASURE_KINDS = (
    ("mechanism", _("Risk-control mechanism")),
    ("user_rights", _("Protection of users' rights")),
    ("ecology", _("Content ecology")),
    ("model_security", _("Model security")),
    ("data_security", _("Data security")),
)
CONCLUSIONS = (
    ("controlled", _("Risks are under control; fit for service")),
    ("conditional", _("Fit for service when the named measures are done")),
    ("not_fit", _("Not fit for service")),
)
ASSESSORS = (
    ("own", _("Ourselves")),
    ("third_party", _("A third party")),
)
ASSESSMENT_STATES = (
    ("done", _("Done and reported")),
    ("under_way", _("Under way")),
    ("none", _("Not begun")),
)
