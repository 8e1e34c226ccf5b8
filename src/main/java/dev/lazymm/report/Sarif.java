package dev.lazymm.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of SARIF 2.1.0 (OASIS, 2020) that we write; the names are the standard's. What is null
 * is not written.
 */
public record Sarif(@JsonProperty("$schema") String schema, String version, List<Run> runs) {
  /** The schema that GitHub and editors look documents up by. */
  static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  /** What one run of a tool found. */
  public record Run(
      Tool tool,
      List<Invocation> invocations,
      Map<String, ArtifactLocation> originalUriBaseIds,
      String columnKind,
      List<Result> results) {}

  /** The tool. */
  public record Tool(Driver driver) {}

  /** What of the tool ran. */
  public record Driver(String name, String version, List<Rule> rules) {}

  /** What results are of. */
  public record Rule(String id, Message shortDescription) {}

  /** How it ran. */
  public record Invocation(boolean executionSuccessful) {}

  /** Words. */
  public record Message(String text) {}

  /**
   * A finding.
   *
   * @param kind {@code fail}, or {@code open} if there was no answer
   * @param level {@code error}; {@code none} if kind is not {@code fail}
   * @param locations where it is
   * @param relatedLocations what else it has to do with
   * @param codeFlows the execution that shows it
   * @param stacks the functions that were being run
   * @param partialFingerprints what makes it the same finding in the next run
   * @param properties what else there is to know
   */
  public record Result(
      String ruleId,
      int ruleIndex,
      String kind,
      String level,
      Message message,
      List<Location> locations,
      @Nullable List<Location> relatedLocations,
      @Nullable List<CodeFlow> codeFlows,
      @Nullable List<Stack> stacks,
      Map<String, String> partialFingerprints,
      Map<String, String> properties) {}

  /** A place. */
  public record Location(
      @Nullable PhysicalLocation physicalLocation,
      @Nullable List<LogicalLocation> logicalLocations,
      @Nullable Message message) {}

  /** A place in a file. */
  public record PhysicalLocation(ArtifactLocation artifactLocation, Region region) {}

  /** A file. */
  public record ArtifactLocation(
      @Nullable String uri, @Nullable String uriBaseId, @Nullable Message description) {}

  /** A line. */
  public record Region(int startLine) {}

  /** A place in a program. */
  public record LogicalLocation(String name, String fullyQualifiedName, String kind) {}

  /** What leads to a finding. */
  public record CodeFlow(Message message, List<ThreadFlow> threadFlows) {}

  /** What one CPU does. */
  public record ThreadFlow(String id, List<ThreadFlowLocation> locations) {}

  /**
   * A step.
   *
   * @param executionOrder its place in the order over all CPUs, from 1
   * @param importance {@code essential} where it goes wrong
   */
  public record ThreadFlowLocation(Location location, int executionOrder, String importance) {}

  /** Function calls, the innermost first. */
  public record Stack(Message message, List<StackFrame> frames) {}

  /** A function call. */
  public record StackFrame(Location location) {}
}
