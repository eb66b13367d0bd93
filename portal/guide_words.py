"""The words of the guide: questions, classes, roles, times. Legal facts carry their citations."""

from dataclasses import dataclass

from portal.bilingual import Both


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a question offers."""

    code: str
    text: Both
    hint: Both | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the guide; `many` means that several answers may be true."""

    code: str
    text: Both
    help: Both
    cites: tuple[str, ...]
    options: tuple[Option, ...]
    many: bool = False


@dataclass(frozen=True, slots=True)
class AlgorithmClass:
    """One of the classes of algorithm, in plain words, with an invented example."""

    code: str
    kind: str
    name: Both
    meaning: Both
    example: Both
    cites: tuple[str, ...] = ("ARP 2",)


CLASSES = (
    AlgorithmClass(
        "01",
        "deep_synthesis",
        Both("生成合成类（深度合成）", "Generation and synthesis (deep synthesis)"),
        Both(
            "用深度学习、虚拟现实等方法生成或者编辑文字、声音、图像、视频或虚拟场景。",
            "Makes or edits text, sound, images, video or scenes by deep learning, virtual reality and the like.",
        ),
        Both(
            "“云岭写作助手”按用户的题目和要点写出文章初稿。",
            "“Yunling Writer” drafts an article from a topic and a few points.",
        ),
        ("ARP 2", "DSP 23"),
    ),
    AlgorithmClass(
        "02",
        "recommendation",
        Both("个性化推送类", "Personalised push"),
        Both(
            "根据用户的属性、行为或者标签，决定向这个人推送什么。",
            "Decides what to deliver to a person from that person's traits, behaviour or tags.",
        ),
        Both(
            "“小河阅读”按浏览记录给每位读者不同的文章。",
            "“Xiaohe Reader” gives each reader articles by what they read before.",
        ),
    ),
    AlgorithmClass(
        "03",
        "recommendation",
        Both("排序精选类", "Ranking and selection"),
        Both(
            "按主观或者客观因素设定、调整信息的先后，例如榜单、热搜、精选。",
            "Sets or changes the order of information: lists, hot searches, selections.",
        ),
        Both(
            "“南桥热榜”按播放量和时间衰减排出每小时榜单。", "“Nanqiao Charts” makes an hourly list from plays and age."
        ),
    ),
    AlgorithmClass(
        "04",
        "recommendation",
        Both("检索过滤类（信息检索）", "Search and filtering (search)"),
        Both("按用户的查询找出并返回信息。", "Finds and returns information for a query."),
        Both("“青禾农技”按关键词检索病虫害资料。", "“Qinghe Farm” finds articles on crop pests by keyword."),
    ),
    AlgorithmClass(
        "05",
        "recommendation",
        Both("检索过滤类（内容过滤）", "Search and filtering (filtering)"),
        Both(
            "识别并拦截、过滤信息，例如对评论的自动审核。",
            "Recognises and holds back information, such as automatic review of comments.",
        ),
        Both(
            "“海棠社区”在发布前自动识别广告和谩骂评论。",
            "“Haitang Forum” spots advertising and abuse before a comment appears.",
        ),
    ),
    AlgorithmClass(
        "06",
        "recommendation",
        Both("调度决策类", "Dispatch and decision"),
        Both(
            "产生或者辅助调度决定，例如派单、路径、定价。",
            "Makes or assists a decision: who gets an order, which route, what price.",
        ),
        Both(
            "“快驿同城”把订单分给最近的骑手并估算送达时间。",
            "“Kuaiyi City” gives an order to the nearest rider and estimates arrival.",
        ),
        ("ARP 2", "ARP 20", "ARP 21"),
    ),
)

ROLES = (
    Option(
        "provider",
        Both("服务提供者：直接向用户提供服务", "Provider: offers the service to users"),
        Both("例：以自己的名义运营“云岭写作助手”应用。", "Example: runs the “Yunling Writer” app under its own name."),
    ),
    Option(
        "supporter",
        Both(
            "服务技术支持者：向提供服务的单位提供技术",
            "Technical supporter: supplies the technology to those who offer it",
        ),
        Both(
            "例：以接口向其他企业提供文本生成能力，自己不面向用户。",
            "Example: sells text generation by interface to firms and has no users of its own.",
        ),
    ),
    Option(
        "both",
        Both("两者都是：须分别备案两项", "Both: two filings, one in each role"),
        Both(
            "例：自己有应用，也把同一能力卖给其他企业。",
            "Example: has an app and sells the same ability to other firms.",
        ),
    ),
)

QUESTIONS = (
    Question(
        "public",
        Both("您的产品是否向中国境内公众提供服务？", "Is your product offered to the public in mainland China?"),
        Both(
            "任何人都能注册、下载或访问的即为公众；只在本单位内部使用，或者只做研究的不算。",
            "The public is anyone who can sign up, download or visit. "
            "Use inside one organisation, or research alone, is not.",
        ),
        ("GAI 2", "ARP 2"),
        (
            Option("yes", Both("是，面向公众", "Yes, to the public")),
            Option("firms", Both("否，只向企业客户提供技术", "No, technology for firms that serve the public")),
            Option("no", Both("否，仅研究、测试或者内部使用", "No, research, tests or internal use only")),
        ),
    ),
    Question(
        "does",
        Both("算法做什么？", "What does the algorithm do?"),
        Both(
            "可以多选。一项备案对应一个算法，多选时将分别列出。",
            "Choose all that apply. Each algorithm has a filing of its own.",
        ),
        ("ARP 2", "DSP 23"),
        (
            *(Option(c.code, c.name, c.meaning) for c in CLASSES),
            Option("none", Both("以上都不是", "None of these")),
        ),
        many=True,
    ),
    Question(
        "role",
        Both("在生成合成服务中，您是什么角色？", "Which is your role in the generating service?"),
        Both(
            "看您在服务链条中的位置，不看客户是不是企业。",
            "Judge by your place in the chain, not by whether your customers are firms.",
        ),
        ("DSP 23", "DSP 19"),
        ROLES,
    ),
    Question(
        "opinion",
        Both(
            "服务是否具有舆论属性或者社会动员能力？",
            "Has the service opinion attributes or the capacity to mobilise people?",
        ),
        Both(
            "例如论坛、群组、公众账号、短视频、直播、信息分享、小程序，或者其他能让公众表达意见、能发动公众的功能。",
            "Such as forums, groups, public accounts, short video, live streams, sharing, mini-programs, "
            "or anything that gives the public a voice or can move it to act.",
        ),
        ("SAE 2", "ARP 24", "DSP 19"),
        (
            Option("yes", Both("是", "Yes")),
            Option("no", Both("否", "No")),
            Option("unsure", Both("不确定", "Not sure")),
        ),
    ),
    Question(
        "model",
        Both("生成内容所用的模型从哪里来？", "Where does the model that generates come from?"),
        Both(
            "这决定是否还须办理生成式人工智能服务备案或者登记。",
            "This decides whether a generative-AI filing or registration is owed as well.",
        ),
        ("GAI 17", "GAI 7(1)"),
        (
            Option("own", Both("自研模型", "Our own model")),
            Option(
                "tuned", Both("在他人模型上训练或者微调", "Somebody else's model, trained further or fine-tuned by us")
            ),
            Option(
                "api", Both("直接调用已备案模型的接口，不作改动", "A filed model called by its interface, unchanged")
            ),
            Option("none", Both("不使用生成式大模型", "No large generative model")),
        ),
    ),
)

TIMES = (
    (
        Both("提供服务之日起十个工作日内", "Within ten working days of starting the service"),
        Both("提交首次备案", "hand in the first filing"),
        ("ARP 24(1)", "DSP 19"),
    ),
    (
        Both("材料齐全后三十个工作日内", "Within thirty working days of complete material"),
        Both(
            "主管部门予以备案并公示，或者说明理由不予备案",
            "the authority files and publishes, or says with reasons that it does not",
        ),
        ("ARP 25",),
    ),
    (
        Both("备案信息变更之日起十个工作日内", "Within ten working days of a change"),
        Both("办理变更", "report it"),
        ("ARP 24(2)",),
    ),
    (
        Both("终止服务之日起二十个工作日内", "Within twenty working days of ending the service"),
        Both("办理注销", "cancel the filing"),
        ("ARP 24(3)",),
    ),
)
