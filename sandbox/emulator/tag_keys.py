def tag_keys(resource):
    """The keys of a resource's tags, which moto keeps by key, or as the request had them."""
    tags = (resource.tags if resource else None) or []
    return [tag["Key"] if isinstance(tag, dict) else tag for tag in tags]
