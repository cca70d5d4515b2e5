# acme/syncs/changes.py
def fetch_data(nango):
    nango.save_checkpoint({"started": True})
    for page in nango.paginate(1):
        nango.batch_save(page)
        nango.save_checkpoint({"id": page[-1]["id"]})
    for folder in ["a", "b"]:
        files = nango.get(folder).data
        nango.save_checkpoint({"folder": folder})
        nango.batch_save(files)
    last = None
    for page in nango.paginate(1):
        if last:
            nango.save_checkpoint({"id": last})
        nango.save_checkpoint({"id": last})
        nango.batch_save(page)
        last = page[-1]["id"]
    for page in nango.paginate(1):
        nango.batch_save(page)
        nango.save_checkpoint({"id": page[-1]["id"]})
        nango.batch_delete(page)
    for each in sorted(page["id"] for page in nango.paginate(1)):
        nango.save_checkpoint({"id": each})
        nango.batch_save(nango.get(each).data)
