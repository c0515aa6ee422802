"""Annual reports (政府信息公开工作年度报告): reading, checking, drafting."""
