"""政府信息公开工作年度报告: its statutory forms, its parsed value, and what can be checked in it. Pure."""
