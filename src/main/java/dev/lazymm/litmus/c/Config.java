package dev.lazymm.litmus.c;

import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a herd configuration file, such as {@code linux-kernel.cfg}, says about models.
 *
 * <pre>
 * macros linux-kernel.def
 * bell linux-kernel.bell
 * model linux-kernel.cat
 * variant lkmmv2
 * </pre>
 *
 * <p>How to draw executions is passed over.
 *
 * @param macros the name of the file of definitions
 * @param bell the name of the file about tags
 * @param model the name of the model's file
 * @param variants of the model
 */
public record Config(
    Optional<String> macros, Optional<String> bell, Optional<String> model, Set<String> variants) {
  private static final Pattern LINE = Pattern.compile("\\s*(\\S+)(?:\\s+(\\S.*?))?\\s*");

  /** What herd knows and we have no use for, most of it about pictures. */
  private static final Set<String> IGNORED =
      Set.of(
          ("arrowsize auto boxscale brackets candidates classsize color debug dotcom dotheader"
                  + " doshow edgeattr edgefontsizedelta edgemerge extrachars faulttype figure"
                  + " finecolor fixedsize fontname fontsize gray graph graphcond hexa initdotpos"
                  + " initposfar kinds labelinit legend margin maxphantom movelabel nodefontsize"
                  + " noid nshow oneinit optace outputdir overlap pad poswidth ps2 ptscale reduced"
                  + " restrict samerank scale sep shift showbutlast showevents showfinalrf"
                  + " showinitrf showinitwrites showkind showlegend showobserved showpo show"
                  + " shownames showthread speedcheck splines squished statelessrc11 suffix"
                  + " symetric texmacros thickness through tikz type unroll unshow usedotcom verbose"
                  + " withbox xscale yscale")
              .split(" "));

  private static final List<String> USED = List.of("macros", "bell", "model", "variant");

  public Config {
    variants = Set.copyOf(variants);
  }

  /** {@return what a configuration file says} */
  public static Config parse(Source source) {
    Map<String, String> files = new LinkedHashMap<>();
    Set<String> variants = new LinkedHashSet<>();
    int number = 0;
    for (String line : source.text().lines().toList()) {
      number++;
      Matcher parts = LINE.matcher(line.replaceFirst("#.*", ""));
      if (!parts.matches()) {
        continue;
      }
      String key = parts.group(1);
      Source.Place place = new Source.Place(number, parts.start(1) + 1);
      if (!USED.contains(key)) {
        if (!IGNORED.contains(key)) {
          List<String> known = new ArrayList<>(USED);
          known.addAll(IGNORED);
          throw source.error(place, "unknown key " + key + Spelling.hint(key, known));
        }
      } else if (parts.group(2) == null) {
        throw source.error(place, key + " is without a value");
      } else if (key.equals("variant")) {
        variants.addAll(Arrays.asList(parts.group(2).split("[\\s,]+")));
      } else if (files.put(key, parts.group(2)) != null) {
        throw source.error(place, key + " is given twice");
      }
    }
    return new Config(
        Optional.ofNullable(files.get("macros")),
        Optional.ofNullable(files.get("bell")),
        Optional.ofNullable(files.get("model")),
        variants);
  }
}
