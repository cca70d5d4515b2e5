# acme/syncs/changes.py
def fetch_data(nango):
    page = (nango.get_checkpoint() or {"page": 1})["page"]
    while page:
        config = {"endpoint": "/issues", "params": {"page": page}}
        issues = nango.get(config).data
        nango.save_checkpoint({"page": page + 1})  # !
        nango.batch_save(issues)
        page += 1
    while page:
        issues = nango.get({"endpoint": "/issues", "params": {"page": page}}).data
        page += 1
        nango.save_checkpoint({"page": page})  # !
        nango.batch_save(issues)
