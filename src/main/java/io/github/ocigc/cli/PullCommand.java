package io.github.ocigc.cli;

import io.github.ocigc.engine.DeliveryReport;
import io.github.ocigc.engine.PlatformChoice;
import io.github.ocigc.engine.Pull;
import io.github.ocigc.engine.PullOptions;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.Platform;
import io.github.ocigc.oci.Reference;
import io.github.ocigc.registry.Registries;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

final class PullCommand extends TransferVerb {
  private final Argument<List<String>> references =
      Argument.words(
          "REF", "1..*", "registry/repository:tag or @digest; docker.io and latest are filled in.");

  private final Argument<List<String>> platforms =
      Argument.options(
          "OS/ARCH",
          "Of an index, this platform, for example linux/arm64 or qemu/x86_64; may be repeated."
              + " Default: this machine's.",
          "--platform");

  private final Argument<Boolean> allPlatforms =
      Argument.flag("Of an index, everything.", "--all-platforms");

  private final Argument<Boolean> referrers =
      Argument.flag("Also signatures, SBOMs and whatever else speaks of the image.", "--referrers");

  private final Argument<String> name =
      Argument.option(
          "", "NAME", "What to call the image in the store. Default: its whole name.", "--name");

  private final RegistryFlags registry = new RegistryFlags();

  PullCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(this, "pull", "Brings images from a registry into the store.")
        .inThisOrder()
        .take(references, platforms, allPlatforms, referrers, name)
        .take(registry.all())
        .remark(
            "What is here already is not fetched again. A pull that broke off goes on where it was"
                + " when it is run again.")
        .examples(
            "ocigc-ledger pull alpine:3.20",
            "ocigc-ledger pull --platform linux/arm64 --referrers ghcr.io/me/app:v1");
  }

  @Override
  void run(GlobalOptions options, Terminal terminal) {
    if (name.given().isPresent() && references.get().size() > 1) {
      throw new OcigcException.Unusable("--name is for one image; pull them one by one.");
    }
    List<Pull.Wish> wishes = references.get().stream().map(this::wish).toList();
    PullOptions how =
        new PullOptions(
            choice(platforms.get(), allPlatforms.get()), referrers.get(), registry.jobs());
    try (Registries registries = registry.connect(options, terminal)) {
      Pull pull = new Pull(options.folderOrNew(), options.options(terminal), registries);
      DeliveryReport report = pull.run(wishes, how);
      DeliveryPrinter.print(terminal, "Pulled", report);
    }
  }

  private Pull.Wish wish(String text) {
    Reference reference = Reference.parse(text);
    return name.given()
        .map(called -> new Pull.Wish(reference, called))
        .orElse(Pull.Wish.of(reference));
  }

  static PlatformChoice choice(List<String> platforms, boolean all) {
    if (all && !platforms.isEmpty()) {
      throw new OcigcException.Unusable("Give --platform or --all-platforms, not both.");
    }
    try {
      return all
          ? PlatformChoice.ALL
          : PlatformChoice.of(platforms.stream().map(Platform::parse).toList());
    } catch (IllegalArgumentException e) {
      throw new OcigcException.Unusable(String.valueOf(e.getMessage()));
    }
  }
}
