"""The website: pages, menu, search, downloads and the host that builds them."""
