package dev.lazymm.report;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes the records named {@code ...Json} as documents. */
public final class Json {
  /** The version of every document's shape; grows when a reader of the old shape would fail. */
  public static final int SCHEMA_VERSION = 1;

  private Json() {}

  /** {@return the document, indented, in ASCII whatever it contains, without a last line end} */
  public static String write(Object document) {
    return JsonMapper.builder()
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(document)
        .replace("\r\n", "\n");
  }
}
