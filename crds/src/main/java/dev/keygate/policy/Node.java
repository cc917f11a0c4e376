package dev.keygate.policy;

import dev.keygate.json.JsonValue;
import dev.keygate.json.JsonValue.JsonArray;
import dev.keygate.json.JsonValue.JsonObject;
import dev.keygate.json.JsonValue.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A JSON value of a policy's text together with its path, for messages. */
record Node(JsonValue value, String path) {

  PolicySyntaxException wrong(String expected) {
    return wrong(expected, value.kind());
  }

  PolicySyntaxException wrong(String expected, String found) {
    return new PolicySyntaxException(value.position(), path, expected, found);
  }

  /** The names of the members of what has to be an object with no members but these. */
  Set<String> memberNames(String what, Set<String> allowed) throws PolicySyntaxException {
    if (!(value instanceof JsonObject object)) {
      throw wrong(what);
    }
    for (String name : object.members().keySet()) {
      if (!allowed.contains(name)) {
        throw wrong("only the members " + String.join(", ", new TreeSet<>(allowed)), quote(name));
      }
    }
    return object.members().keySet();
  }

  Optional<Node> member(String name) {
    JsonValue member = value instanceof JsonObject object ? object.members().get(name) : null;
    return Optional.ofNullable(member)
        .map(found -> new Node(found, path.isEmpty() ? name : path + "." + name));
  }

  Node requiredMember(String name) throws PolicySyntaxException {
    return member(name).orElseThrow(() -> wrong("a member '" + name + "'", "none"));
  }

  String text(String what) throws PolicySyntaxException {
    if (!(value instanceof JsonText text)) {
      throw wrong(what);
    }
    return text.text();
  }

  List<Node> elements(String what, int max) throws PolicySyntaxException {
    String expected = "an array of 1 to " + max + " " + what;
    if (!(value instanceof JsonArray array)) {
      throw wrong(expected);
    }
    int count = array.elements().size();
    if (count < 1 || count > max) {
      throw wrong(expected, "an array of " + count);
    }
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(new Node(array.elements().get(i), path + "[" + i + "]"));
    }
    return nodes;
  }

  static String quote(String text) {
    return "'" + (text.length() <= 80 ? text : text.substring(0, 80) + "…") + "'";
  }
}
