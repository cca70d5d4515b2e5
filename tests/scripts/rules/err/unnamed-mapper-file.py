# acme/mappers/issue.py
async def to_issue(response):  # !
    return response
