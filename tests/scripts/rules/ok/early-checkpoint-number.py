# acme/syncs/changes.py
def fetch_data(nango):
    checkpoint = nango.get_checkpoint() or {"page": 1}
    page, count = checkpoint["page"], 0
    while True:
        issues = nango.get({"endpoint": "/issues", "params": {"page": page}}).data
        count += 1
        nango.save_checkpoint({"page": page, "count": count})
        nango.log(f"next is {page + 1}")
        nango.batch_save(issues)
        page += 1
        if not issues:
            break
