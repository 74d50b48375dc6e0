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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    mixinStandardHelpOptions = true,
    name = "pull",
    sortOptions = false,
    description = "Brings images from a registry into the store.",
    footer = {
      "",
      "What is here already is not fetched again. A pull that broke off goes on where it was when it"
          + " is run again.",
      "Examples:",
      "  ocigc-ledger pull alpine:3.20",
      "  ocigc-ledger pull --platform linux/arm64 --referrers ghcr.io/me/app:v1"
    })
final class PullCommand extends TransferVerb {
  @Parameters(
      paramLabel = "REF",
      arity = "1..*",
      description = "registry/repository:tag or @digest; docker.io and latest are filled in.")
  private List<String> references = List.of();

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description =
          "Of an index, this platform, for example linux/arm64 or qemu/x86_64; may be repeated."
              + " Default: this machine's.")
  private List<String> platforms = List.of();

  @Option(names = "--all-platforms", description = "Of an index, everything.")
  private boolean allPlatforms;

  @Option(
      names = "--referrers",
      description = "Also signatures, SBOMs and whatever else speaks of the image.")
  private boolean referrers;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What to call the image in the store. Default: its whole name.")
  private @Nullable String name;

  @Mixin private RegistryFlags registry = new RegistryFlags();

  @Override
  void run(GlobalOptions options, Terminal terminal) {
    if (name != null && references.size() > 1) {
      throw new OcigcException.Unusable("--name is for one image; pull them one by one.");
    }
    List<Pull.Wish> wishes = references.stream().map(this::wish).toList();
    PullOptions how = new PullOptions(choice(platforms, allPlatforms), referrers, registry.jobs());
    try (Registries registries = registry.connect(options, terminal)) {
      Pull pull = new Pull(options.folderOrNew(), options.options(terminal), registries);
      DeliveryReport report = pull.run(wishes, how);
      DeliveryPrinter.print(terminal, "Pulled", report);
    }
  }

  private Pull.Wish wish(String text) {
    Reference reference = Reference.parse(text);
    return name == null ? Pull.Wish.of(reference) : new Pull.Wish(reference, name);
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
