package dev.lazymm.report;

import com.fasterxml.jackson.annotation.JsonInclude;
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
    return write(mapper().build(), document);
  }

  /** {@return the same, but what is null is left out} */
  public static String writeWithoutNulls(Object document) {
    return write(
        mapper()
            .changeDefaultPropertyInclusion(
                old -> old.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build(),
        document);
  }

  private static JsonMapper.Builder mapper() {
    return JsonMapper.builder()
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
        .enable(SerializationFeature.INDENT_OUTPUT);
  }

  private static String write(JsonMapper mapper, Object document) {
    return mapper.writeValueAsString(document).replace("\r\n", "\n");
  }
}
