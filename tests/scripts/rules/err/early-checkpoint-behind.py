# acme/syncs/changes.py
def fetch_data(nango):
    checkpoint = nango.get_checkpoint()
    page = checkpoint["page"] + 1 if checkpoint else 1
    while page:
        issues = nango.get({"endpoint": "/issues", "params": {"page": page}}).data
        nango.save_checkpoint({"page": page})  # !
        nango.batch_save(issues)
        page += 1
