"""Channels and mailboxes that do not count as 咨询建言 in the national standard, by the words in their names."""

# 国办秘函〔2019〕19号: 信访、举报 do not count as a channel; 在线访谈、调查征集、网上信访、纪检举报 are not looked at for
# overdue replies.
NOT_CONSULTING = (
    "信访",
    "举报",
    "纪检",
    "纪委",
    "监察",
    "检举",
    "控告",
    "访谈",
    "调查",
    "征集",
    "民意",
    "投票",
)


def is_consulting(name: str) -> bool:
    """Whether a channel of this name counts as one to ask and to suggest."""
    return not any(word in name for word in NOT_CONSULTING)
