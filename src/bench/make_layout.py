#!/usr/bin/env python3
"""Makes an OCI image layout of many small images, the same for the same arguments.

Each image is a manifest, a config and 10 layers: the base, which every image holds; 4 from a pool
that the images share; 5 of its own. So an image brings 9.2 blobs, and alone holds about 8. Tags are
img-000000 and so on. Prints one line of JSON: how many images and blobs, and the base's digest.
"""
import argparse
import functools
import hashlib
import json
import multiprocessing
import os
import random

OWN, POOLED, POOL_PER_IMAGE = 5, 4, 3
BLOBS_PER_IMAGE = 9.2
IMAGES_AT_ONCE = 500
TYPE = "application/vnd.oci.image."


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", help="where to make it; must not exist")
    size = parser.add_mutually_exclusive_group(required=True)
    size.add_argument("--images", type=int)
    size.add_argument("--blobs", type=int, help="as many images as bring about so many blobs")
    parser.add_argument("--names", type=int,
                        help="so many images have names; of the others, each 1,000 are an index")
    parser.add_argument("--bytes", type=int, default=200, help="of a layer (%(default)s)")
    parser.add_argument("--seed", default="", help="another one shares no blob with this")
    arguments = parser.parse_args()
    images = arguments.images or max(1, round(arguments.blobs / BLOBS_PER_IMAGE))

    blobs = os.path.join(arguments.folder, "blobs", "sha256")
    os.makedirs(blobs)
    write(os.path.join(arguments.folder, "oci-layout"), b'{"imageLayoutVersion":"1.0.0"}')
    layout = Layout(blobs, images, arguments.bytes, arguments.seed)
    shards = [range(first, min(first + IMAGES_AT_ONCE, images))
              for first in range(0, images, IMAGES_AT_ONCE)]
    roots, made = [], 0
    with multiprocessing.Pool() as pool:
        for entries, new in pool.imap(layout.shard, shards):
            roots += entries
            made += new
    if arguments.names is not None:
        roots, unnamed = roots[:arguments.names], roots[arguments.names:]
        roots += [layout.index(unnamed[first:first + 1000])
                  for first in range(0, len(unnamed), 1000)]
    write(os.path.join(arguments.folder, "index.json"), index(roots))
    print(json.dumps({"images": images, "blobs": made, "base": layout.layer("base")["digest"]}))


class Layout:
    """What each blob is follows from its name, so every process makes its images by itself."""

    def __init__(self, blobs, images, layer_bytes, seed):
        self.blobs, self.images, self.layer_bytes, self.seed = blobs, images, layer_bytes, seed
        self.made = 0

    def shard(self, images):
        self.made = 0
        return [self.image(image) for image in images], self.made

    def image(self, image):
        name = f"img-{image:06}"
        shared = random.Random(f"{self.seed} {image}").sample(
            range(POOL_PER_IMAGE * self.images + POOLED), POOLED)
        layers = [self.layer("base"), *(self.layer(f"pool {number}") for number in shared),
                  *(self.layer(f"{name} {number}") for number in range(OWN))]
        config = self.put("config.v1+json", dump({
            "architecture": "amd64", "os": "linux", "config": {"Labels": {"name": self.seed + name}},
            "rootfs": {"type": "layers", "diff_ids": [layer["digest"] for layer in layers]}}))
        manifest = self.put("manifest.v1+json", dump({
            "schemaVersion": 2, "mediaType": TYPE + "manifest.v1+json", "config": config,
            "layers": layers}))
        return {**manifest, "annotations": {"org.opencontainers.image.ref.name": name}}

    def index(self, entries):
        return self.put("index.v1+json", index(
            {key: entry[key] for key in ("mediaType", "digest", "size")} for entry in entries))

    @functools.lru_cache(maxsize=1000)
    def layer(self, name):
        return self.put("layer.v1.tar",
                        hashlib.shake_128(f"{self.seed} {name}".encode()).digest(self.layer_bytes))

    def put(self, kind, data):
        encoded = hashlib.sha256(data).hexdigest()
        try:
            write(os.path.join(self.blobs, encoded), data)
            self.made += 1
        except FileExistsError:
            pass  # a shared layer
        return {"mediaType": TYPE + kind, "digest": "sha256:" + encoded, "size": len(data)}


def index(entries):
    return dump({"schemaVersion": 2, "mediaType": TYPE + "index.v1+json",
                 "manifests": list(entries)})


def write(path, data):
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        os.write(file, data)
    finally:
        os.close(file)


def dump(value):
    return json.dumps(value, separators=(",", ":")).encode()


if __name__ == "__main__":
    main()
