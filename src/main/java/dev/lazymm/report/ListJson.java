package dev.lazymm.report;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.List;
import java.util.Map;

/** What {@code list --json} writes: for each kind that was asked for, a list of its name. */
public record ListJson(int schemaVersion, @JsonAnyGetter Map<String, List<Item>> lists) {
  /** Something with a name. */
  public record Item(String name, String about) {}

  /** {@return the document with these lists} */
  public static ListJson of(Map<String, List<Item>> lists) {
    return new ListJson(Json.SCHEMA_VERSION, lists);
  }
}
