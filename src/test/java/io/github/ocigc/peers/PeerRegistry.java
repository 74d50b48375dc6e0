package io.github.ocigc.peers;

import io.github.ocigc.fixture.DockerRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A real registry, filled and asked by skopeo. */
record PeerRegistry(DockerRegistry registry) {
  static boolean wanted() {
    return DockerRegistry.wanted() && Peer.wanted();
  }

  String at(String place) {
    return registry.name() + "/" + place;
  }

  private String docker(String place) {
    return "docker://" + at(place);
  }

  /** Has skopeo copy an image of a layout there; answers the reference. */
  String copyFrom(Path layout, String name, String place, String... options) {
    java.util.ArrayList<String> args = new java.util.ArrayList<>(List.of("copy"));
    args.addAll(List.of(options));
    args.add("--dest-tls-verify=false");
    args.add("oci:" + layout + ":" + name);
    args.add(docker(place));
    Peer.SKOPEO.run(args.toArray(String[]::new));
    return at(place);
  }

  /** The bytes of a manifest or index, as skopeo gets them. */
  byte[] raw(String place) {
    return rawText(place).getBytes(StandardCharsets.UTF_8);
  }

  String rawText(String place) {
    return Peer.SKOPEO.run("inspect", "--tls-verify=false", "--raw", docker(place));
  }

  /** The digest that skopeo finds when it reads an image with its config. */
  String digest(String place) {
    return Peer.SKOPEO
        .run("inspect", "--tls-verify=false", "--format", "{{.Digest}}", docker(place))
        .strip();
  }
}
