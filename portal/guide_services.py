"""The words of the guide about generative services: tracks, questions, duties, support measures."""

from portal.bilingual import Both
from portal.guide_words import AlgorithmClass, Option, Question

type Owed = tuple[Both, tuple[str, ...]]

TRACKS = {
    "generative": AlgorithmClass(
        "generative",
        "generative",
        Both("生成式人工智能服务备案", "Generative AI service, filing"),
        Both(
            "使用自研模型，或者在他人模型上进一步训练、微调，向公众提供服务。省级审查后由国家审查。",
            "Your own model, or another's trained further or fine-tuned, offered to the public. "
            "The province reviews, then the national level.",
        ),
        Both(
            "“云岭大模型”在已备案模型上以写作语料微调，面向公众提供写作服务。",
            "“Yunling Model” is fine-tuned on a filed model with texts of its own and writes for the public.",
        ),
        ("GAI 17", "GAI 7(1)"),
    ),
    "generative_registration": AlgorithmClass(
        "generative_registration",
        "generative_registration",
        Both("生成式人工智能服务登记", "Generative AI service, registration"),
        Both(
            "只通过接口等调用已备案模型、不作任何改动。由省级办理，材料较少。",
            "Only calls a filed model by its interface, unchanged. The province alone decides; less is asked.",
        ),
        Both(
            "“小河客服”调用一家公司的已备案模型回答读者提问。",
            "“Xiaohe Desk” calls another firm's filed model to answer readers.",
        ),
        ("GAI 17", "GAI 7(1)"),
    ),
}
TRACK_OF_MODEL = {"own": "generative", "tuned": "generative", "api": "generative_registration"}
WHY_TRACK = {
    "own": Both(
        "使用自研模型向公众提供具有舆论属性或者社会动员能力的生成式人工智能服务，应当在提供服务前备案。",
        "A generative service on your own model with opinion attributes or capacity to mobilise is filed "
        "before it opens.",
    ),
    "tuned": Both(
        "对他人模型进一步训练、微调后提供服务的，按自有模型备案，并引用基础模型的备案编号。",
        "A model of another that you train further or fine-tune is filed like your own, and cites the number "
        "of its base.",
    ),
    "api": Both(
        "直接调用已备案模型、不作改动的，办理登记，并引用和公示所用模型的编号。",
        "A service that calls a filed model unchanged is registered; it cites and shows the model's number.",
    ),
}
DUTIES: dict[str, Owed] = {
    "annexes": (
        Both(
            "随附拦截关键词列表、三类测试题库和测试记录，提交前由系统逐条核对数量和合格率。",
            "A keyword list, three question banks and test records are handed in; the portal counts them before "
            "anybody waits.",
        ),
        ("GAI 17", "GB/T 45654-2025 8"),
    ),
    "number": (
        Both(
            "在显著位置或者产品详情页面公示模型名称和编号。",
            "Show the model's name and number in a prominent place or on the product's page.",
        ),
        ("GAI 17",),
    ),
    "persons": (
        Both(
            "可生成或者编辑人脸、人声的，须提示使用者取得被编辑个人的单独同意，并开展安全评估。",
            "Where faces or voices can be generated or edited, users are told to get the person's separate consent, "
            "and the security is assessed.",
        ),
        ("DSP 14", "DSP 15"),
    ),
    "minors": (
        Both(
            "使用者包括未成年人的，须提供未成年人模式并防范过度依赖或者沉迷。",
            "Where minors are among the users, a mode for minors and measures against over-dependence are owed.",
        ),
        ("GAI 10", "MIN 43"),
    ),
}
# What has to be labelled in its own way, by what the service makes.
SPOKEN: dict[str, Owed] = {
    "image": (
        Both(
            "图片：在画面适当位置标识，下载文件写入隐式标识。",
            "Images: a label in the picture, and one in the file's metadata.",
        ),
        ("LBL 4", "GB 45438-2025 5.2"),
    ),
    "speech": (
        Both("音频：以语音或者节奏提示。", "Sound: a spoken label or a rhythm."),
        ("LBL 4", "GB 45438-2025 5.3"),
    ),
    "video": (
        Both("视频：在起始画面和播放周边标识。", "Video: a label in the first picture and around the player."),
        ("LBL 4", "GB 45438-2025 5.4"),
    ),
}
QUESTIONS = (
    Question(
        "makes",
        Both("服务生成什么？", "What does the service make?"),
        Both("可以多选；每种内容都要有标识和样例。", "Choose all that apply. Each needs its label and a sample."),
        ("GAI 22", "LBL 4"),
        (
            Option("dialogue", Both("对话", "Dialogue")),
            Option("text", Both("文字", "Text")),
            Option("image", Both("图片", "Images")),
            Option("speech", Both("语音或者其他声音", "Speech or other sound")),
            Option("video", Both("视频", "Video")),
            Option("code", Both("代码", "Code")),
        ),
        many=True,
    ),
    Question(
        "whom",
        Both("为谁提供服务？", "For whom is it?"),
        Both("可以多选。须公开适用人群。", "Choose all that apply. The people it is meant for are published."),
        ("GAI 10",),
        (
            Option("adults", Both("成年个人", "Adults")),
            Option("minors", Both("包括未成年人", "Minors too")),
            Option("organisations", Both("单位用户", "Organisations")),
        ),
        many=True,
    ),
    Question(
        "persons",
        Both("能否生成或者编辑人脸、人声？", "Can it generate or edit faces or voices of people?"),
        Both("例如换脸、数字人、声音克隆。", "Such as face swaps, digital persons, cloned voices."),
        ("DSP 14", "DSP 15"),
        (Option("yes", Both("能", "Yes")), Option("no", Both("不能", "No"))),
    ),
)
SUPPORT: tuple[Owed, ...] = (
    (
        Both(
            "鼓励在各行业、各领域创新应用，生成积极健康、向上向善的优质内容，探索优化应用场景。",
            "New uses in every trade and field are encouraged, with good and positive content.",
        ),
        ("GAI 5",),
    ),
    (
        Both(
            "支持行业组织、企业、教育和科研机构、公共文化机构、专业机构在技术创新、数据资源、转化应用、"
            "风险防范方面协作。",
            "Trade bodies, firms, schools, research, cultural and professional bodies are supported in working "
            "together on technique, data, transfer and the prevention of risks.",
        ),
        ("GAI 5",),
    ),
    (
        Both(
            "鼓励算法、框架、芯片及配套软件平台的自主创新，平等互利开展国际交流与合作，参与制定国际规则。",
            "Own innovation in algorithms, frameworks, chips and software platforms is encouraged, and exchange and "
            "cooperation with other countries on equal terms, rules included.",
        ),
        ("GAI 6",),
    ),
    (
        Both(
            "推动公共训练数据资源平台和算力资源协同共享，有序开放公共数据，扩展高质量的公共训练数据。",
            "Platforms of public training data and shared compute are built, public data are opened by grade, "
            "and good public training data grow.",
        ),
        ("GAI 6",),
    ),
    (
        Both(
            "鼓励采用安全可信的芯片、软件、工具、算力和数据资源。",
            "Trustworthy chips, software, tools, compute and data are encouraged.",
        ),
        ("GAI 6",),
    ),
)
