# acme/syncs/changes.py
def fetch_data(nango):
    page = 1
    while page:
        issues = nango.get({"endpoint": "/issues", "params": {"page": page}}).data
        nango.save_checkpoint({"page": page})  # !
        nango.batch_save(issues)
        page += 1
    for number in range(10):
        issues = nango.get({"endpoint": "/issues", "params": {"page": number}}).data
        nango.save_checkpoint({"page": number})  # !
        nango.batch_save(issues)
    for number, issues in enumerate(nango.paginate(1)):
        nango.save_checkpoint({"page": number})  # !
        nango.batch_save(issues)
