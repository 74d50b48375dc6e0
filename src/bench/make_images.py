#!/usr/bin/env python3
"""make_images.py REGISTRY IMAGES LAYERS BYTES: pushes images of small layers, no two alike."""
import gzip
import hashlib
import io
import json
import random
import sys
import tarfile
import urllib.request

registry, images, layers, size = sys.argv[1], *map(int, sys.argv[2:5])


def send(method, url, data=None, media_type="application/octet-stream"):
    request = urllib.request.Request(url, data, {"Content-Type": media_type}, method=method)
    return urllib.request.urlopen(request)


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def push(repository, data):
    start = send("POST", f"http://{registry}/v2/{repository}/blobs/uploads/", b"")
    location = start.headers["Location"]
    joint = "&" if "?" in location else "?"
    send("PUT", f"{location}{joint}digest={digest(data)}", data)
    return {"digest": digest(data), "size": len(data)}


def layer(image, number):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as tar:
        entry = tarfile.TarInfo(f"file-{image}-{number}")
        entry.size = size
        tar.addfile(entry, io.BytesIO(random.Random(f"{image} {number}").randbytes(size)))
    return raw.getvalue()


for image in range(images):
    repository = f"bench/image-{image}"
    raws = [layer(image, number) for number in range(layers)]
    config = json.dumps({
        "architecture": "amd64", "os": "linux", "config": {},
        "rootfs": {"type": "layers", "diff_ids": [digest(raw) for raw in raws]}}).encode()
    manifest = json.dumps({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {"mediaType": "application/vnd.oci.image.config.v1+json",
                   **push(repository, config)},
        "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
                    **push(repository, gzip.compress(raw, mtime=0))} for raw in raws]}).encode()
    send("PUT", f"http://{registry}/v2/{repository}/manifests/v1", manifest,
         "application/vnd.oci.image.manifest.v1+json")
