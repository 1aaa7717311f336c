"""What the fields of a case file are called in Chinese, for messages and published schemas."""

from __future__ import annotations

RECORDS = {
    "CaseFile": "案卷",
    "Agency": "执法机关",
    "Party": "当事人",
    "Person": "人员",
    "Certificate": "执法证件",
    "Act": "环节",
    "Participation": "参与人",
    "Document": "文书材料",
}

_SHARED = {
    "number": "编号",
    "kind": "种类",
    "name": "名称",
    "id": "标识，在本案卷内不重复",
    "uscc": "统一社会信用代码",
    "facts": "事项：名称与内容，名称见词表",
}

_OWN = {
    "CaseFile": {
        "number": "案号",
        "kind": "案卷种类，如行政处罚",
        "agency": "办理本案的执法机关",
        "cause": "案由",
        "procedure": "程序，如普通程序",
        "field": "执法领域",
        "region": "行政区划",
        "parties": "当事人",
        "persons": "承办、审核、听证等人员",
        "acts": "环节：案件中发生的每一件事",
        "documents": "案卷目录所列的文书材料",
        "provides": "来源能够提供的环节与事项；不写表示完整案卷，所列之外的缺失不作判断",
    },
    "Agency": {"level": "层级：国家、省、市、县、乡"},
    "Party": {"name": "姓名或者名称", "kind": "当事人类型"},
    "Person": {
        "name": "姓名",
        "roles": "在本案中的身份",
        "certificate": "执法证件",
    },
    "Certificate": {
        "number": "执法证件号码",
        "valid_from": "有效期起",
        "valid_to": "有效期止",
    },
    "Act": {
        "kind": "环节名称，见词表",
        "starts": "开始时间",
        "ends": "结束时间",
        "about": "所针对的环节的 id",
        "by": "由谁作出、谁参加",
    },
    "Participation": {"person": "人员的 id", "role": "在该环节中的身份"},
    "Document": {
        "kind": "文书种类",
        "title": "标题",
        "number": "文号",
        "date": "日期",
        "pages": "页号，如 12 或 12-14",
        "proves": "所证明的环节的 id",
    },
}


def caption(record: str, field: str) -> str:
    """Return the Chinese caption of a field of a record, both by their English names.

    >>> caption("CaseFile", "number")
    '案号'
    """
    return _OWN[record].get(field) or _SHARED[field]
