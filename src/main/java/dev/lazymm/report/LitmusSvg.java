package dev.lazymm.report;

import dev.lazymm.litmus.Execution;
import dev.lazymm.report.LitmusGraph.Edge;
import dev.lazymm.report.LitmusGraph.Node;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An execution of a litmus test as a picture that needs nothing else: a column a thread, a box an
 * event, an arrow a pair. Readable on a light and on a dark ground.
 */
public final class LitmusSvg {
  private static final int COLUMN = 270;
  private static final int BOX = 200;
  private static final int ROW = 62;
  private static final int HIGH = 40;
  private static final int TOP = 130;
  private static final int LEFT = 35;

  private static final String HEAD =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 WIDTH HEIGHT" width="WIDTH" height="HEIGHT">
      <style>
        svg { color-scheme: light dark; font: 12px monospace; background: #fff }
        text { fill: #222 } .box { fill: #f4f4f4; stroke: #666 } .po { stroke: #999 }
        .halo { stroke: #fff; stroke-width: 4px; paint-order: stroke }
        @media (prefers-color-scheme: dark) {
          svg { background: #1b1b1b } text { fill: #eee }
          .box { fill: #2c2c2c; stroke: #aaa } .halo { stroke: #1b1b1b }
        }
      </style>
      <title>NAME</title>
      """;

  private record Point(double x, double y) {}

  private final LitmusGraph graph;
  private final StringBuilder out = new StringBuilder();
  private final Map<String, Point> places = new HashMap<>();
  private final Map<String, Integer> between = new HashMap<>();

  private LitmusSvg(LitmusGraph graph) {
    this.graph = graph;
  }

  /** {@return the picture, an SVG document} */
  public static String of(Execution execution) {
    return new LitmusSvg(LitmusGraph.of(execution)).draw();
  }

  /** {@return the colour of a relation's arrows; it is readable on any ground} */
  static String colour(String relation) {
    return switch (relation) {
      case "rf" -> "#d03030";
      case "co" -> "#3070d0";
      case "fr" -> "#b07000";
      case "ppo" -> "#7a7a7a";
      case "hb" -> "#208040";
      case "pb" -> "#9040c0";
      case "rb" -> "#c03090";
      default -> "#208090";
    };
  }

  private String draw() {
    int width = 2 * LEFT + Math.max(1, graph.threads()) * COLUMN;
    int height = TOP + graph.nodes().size() * ROW + 40;
    out.append(
        HEAD.replace("WIDTH", width + "")
            .replace("HEIGHT", height + "")
            .replace("NAME", escape(graph.test().name())));
    graph.edges().stream().map(Edge::name).distinct().forEach(this::marker);
    text(LEFT, 24, graph.test().name() + ": " + graph.state());
    String initial = "initially " + String.join(", ", graph.initial());
    text(LEFT, 48, initial);
    places.put("init", new Point(LEFT + 40, 56));
    for (int t = 0; t < graph.threads(); t++) {
      text(LEFT + t * COLUMN, TOP - 24, "P" + t);
    }
    Point[] last = new Point[graph.threads()];
    int row = 0;
    for (Node node : graph.nodes()) {
      box(node, row++, last);
    }
    graph.edges().forEach(this::arrow);
    return out.append("</svg>\n").toString();
  }

  private void marker(String relation) {
    line(
        String.format(
            Locale.ROOT,
            "<marker id=\"%s\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\""
                + " markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"%s\"/></marker>",
            markerId(relation),
            colour(relation)));
  }

  private static String markerId(String relation) {
    return "to-" + relation.replaceAll("[^a-zA-Z0-9]", "-");
  }

  private void box(Node node, int row, Point[] last) {
    double x = LEFT + (double) node.thread() * COLUMN;
    double y = TOP + (double) row * ROW;
    Point before = last[node.thread()];
    if (before != null) {
      line(
          String.format(
              Locale.ROOT,
              "<line class=\"po\" x1=\"%.0f\" y1=\"%.0f\" x2=\"%.0f\" y2=\"%.0f\"/>",
              x + 12,
              before.y + HIGH / 2.0,
              x + 12,
              y));
    }
    Point middle = new Point(x + BOX / 2.0, y + HIGH / 2.0);
    line(
        String.format(
            Locale.ROOT,
            "<rect class=\"box\" x=\"%.0f\" y=\"%.0f\" width=\"%d\" height=\"%d\" rx=\"4\"/>",
            x,
            y,
            BOX,
            HIGH));
    text(x + 6, y + 16, shortened(node.source()));
    text(x + 6, y + 32, shortened(node.action()));
    last[node.thread()] = middle;
    places.put(node.id(), middle);
  }

  private static String shortened(String text) {
    return text.length() <= 27 ? text : text.substring(0, 25) + "..";
  }

  private void arrow(Edge edge) {
    Point from = places.get(edge.from().id());
    Point to = places.get(edge.to().id());
    if (from == null || to == null) {
      return;
    }
    int earlier = between.merge(edge.from().id() + edge.to().id(), 1, Integer::sum) - 1;
    boolean same = edge.from().thread() == edge.to().thread();
    double side = same || to.x > from.x ? BOX / 2.0 : -BOX / 2.0;
    double startX = edge.from().thread() < 0 ? from.x : from.x + side;
    double endX = to.x + (same ? side : -side);
    double bend = same ? 30 + 14.0 * earlier : 0;
    double lift = same ? 0 : 26.0 * earlier + 10;
    double midX = (startX + endX) / 2 + bend;
    double midY = (from.y + to.y) / 2 - lift;
    String colour = colour(edge.name());
    line(
        String.format(
            Locale.ROOT,
            "<path d=\"M%.0f %.0fQ%.0f %.0f %.0f %.0f\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\""
                + " marker-end=\"url(#%s)\"><title>%s</title></path>",
            startX,
            from.y,
            midX,
            midY,
            endX,
            to.y,
            colour,
            markerId(edge.name()),
            escape(edge.name() + "  " + edge.from() + " -> " + edge.to())));
    line(
        String.format(
            Locale.ROOT,
            "<text class=\"halo\" x=\"%.0f\" y=\"%.0f\" style=\"fill:%s\">%s</text>",
            (startX + 2 * midX + endX) / 4,
            (from.y + 2 * midY + to.y) / 4 - 3,
            colour,
            escape(edge.name())));
  }

  private void text(double x, double y, String text) {
    line(String.format(Locale.ROOT, "<text x=\"%.0f\" y=\"%.0f\">%s</text>", x, y, escape(text)));
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private static String escape(String text) {
    return Text.ascii(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
