# acme/syncs/issues.py
API_KEY = "a1b2c3d4e5f6a7b8c9d0"  # !
HEADERS = {"Authorization": "Bearer a1b2c3d4e5f6a7b8c9d0"}  # !
SETTINGS = {"é": 1, "client_secret": "a1b2c3d4e5f6a7b8c9d0"}  # !


def fetch_data(nango):
    login(password="a1b2c3d4e5f6a7b8c9d0")  # !
    nango.get("gh" "p_a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1")  # !
