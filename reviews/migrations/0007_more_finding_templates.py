"""Findings at hand for the classes and the users' rights, beside those of 0004."""

from django.db import migrations

# Section, severity, article, title, text.
TEMPLATES = (
    (
        "labels",
        "must",
        "DSP 16",
        "隐式标识不完整",
        "请写明文件元数据隐式标识的字段名称和取值，至少包含生成合成属性、服务提供者编码和内容编号，并附样例文件。",
    ),
    (
        "review",
        "must",
        "DSP 10",
        "结果审核方式不具体",
        "请分别说明对输入和合成结果的审核方式、覆盖范围、命中后的处置以及审核日志的留存期限。",
    ),
    (
        "feature_library",
        "must",
        "ARP 9(1)",
        "特征库标准不清",
        "请说明违法和不良信息特征库的入库标准、入库程序、规模和更新频率，并写明负责人员。",
    ),
    (
        "user_rights",
        "must",
        "ARP 17",
        "缺少关闭选项",
        "请说明用户关闭算法推荐服务或者选择不针对个人特征选项的入口，并附逐步操作的截图。",
    ),
    (
        "user_rights",
        "must",
        "ARP 16",
        "告知不够显著",
        "现有告知位置较深，用户不易发现。请改在功能入口处以显著方式告知，并附修改后的截图。",
    ),
    (
        "personalisation",
        "must",
        "ARP 10",
        "用户标签管理不明",
        "请说明用户标签的来源和类别、违法和不良关键词的过滤方式，以及用户查看、删除标签的途径。",
    ),
    (
        "ranking",
        "must",
        "ARP 14",
        "反操纵措施不足",
        "请说明识别虚假点赞、刷量和操纵榜单的方法，以及发现后的处置和记录。",
    ),
    (
        "dispatch",
        "must",
        "ARP 20",
        "劳动者权益保障不具体",
        "请写明报酬构成与支付时间、工时上限和强制休息规则、奖惩规则以及劳动者申诉的受理和答复时限。",
    ),
    (
        "pricing",
        "must",
        "ARP 21",
        "交易条件公平性未说明",
        "请说明影响价格的因素，并提供对不同用户在相同条件下价格一致性的测试方法和结果。",
    ),
    (
        "minors",
        "must",
        "ARP 18",
        "未成年人保护措施缺失",
        "请说明识别未成年人的方式；向未成年人提供服务的，说明专门模式、时长管理和内容限制。",
    ),
    (
        "security",
        "must",
        "ARP 27",
        "缺少安全评估报告",
        "该服务具有舆论属性或者社会动员能力，请补充安全评估的完成情况和提交回执。",
    ),
    (
        "usage",
        "should",
        "ARP 24",
        "访问路径与截图不符",
        "所填产品功能访问路径与入口截图不一致，请按当前版本核对后更新。",
    ),
)


def seed(apps, schema_editor):
    FindingTemplate = apps.get_model("reviews", "FindingTemplate")
    for section, severity, article, title, text in TEMPLATES:
        FindingTemplate.objects.create(section=section, severity=severity, legal_basis=article, title=title, text=text)


def remove(apps, schema_editor):
    titles = [title for _section, _severity, _article, title, _text in TEMPLATES]
    apps.get_model("reviews", "FindingTemplate").objects.filter(title__in=titles).delete()


class Migration(migrations.Migration):
    dependencies = [("reviews", "0006_names_of_fields")]
    operations = [migrations.RunPython(seed, remove)]
