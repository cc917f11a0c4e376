package dev.keygate.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.StringLib;
import org.luaj.vm2.lib.TableLib;

/** The health script for Argo CD, over objects in a folder named after what they are. */
class ArgoCdHealthTest {

  private static final Path SCRIPTS = Installation.DEPLOY.resolve("argocd");
  private static final Path OBJECTS = Path.of("src", "test", "resources", "argocd");
  private static final YAMLMapper YAML = new YAMLMapper();

  @ParameterizedTest
  @MethodSource("objects")
  void toldAsItsFolderSays(Path object) throws IOException {
    LuaValue health = health(YAML.readTree(object.toFile()));

    assertThat(health.get("status").tojstring().toLowerCase(Locale.ROOT))
        .isEqualTo(folderOf(object));
    assertThat(health.get("message").tojstring()).isNotBlank();
  }

  @Test
  void everyHealthHasAnObject() throws IOException {
    assertThat(objects().map(ArgoCdHealthTest::folderOf).distinct())
        .containsExactlyInAnyOrder("healthy", "progressing", "degraded", "suspended");
  }

  @Test
  void messageNamesTheReasonThatTheRunbookHas() throws IOException {
    JsonNode stalled = YAML.readTree(OBJECTS.resolve("degraded/soft-deleted-name.yaml").toFile());

    assertThat(health(stalled).get("message").tojstring()).isEqualTo("KeySoftDeleted: m");
  }

  @Test
  void patchOfArgoCdHoldsTheScriptForBothKinds() throws IOException {
    JsonNode data = YAML.readTree(SCRIPTS.resolve("argocd-cm.patch.yaml").toFile()).path("data");
    String script = Files.readString(SCRIPTS.resolve("health.lua"));

    assertThat(data.properties()).hasSize(2);
    for (String kind : List.of("ExportableKey", "ReleasePolicy")) {
      assertThat(data.path("resource.customizations.health.keygate.dev_" + kind).asText())
          .isEqualTo(script);
    }
  }

  private static String folderOf(Path object) {
    return OBJECTS.relativize(object).getName(0).toString();
  }

  private static Stream<Path> objects() throws IOException {
    try (Stream<Path> files = Files.walk(OBJECTS)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    }
  }

  /** With no more of Lua's libraries than Argo CD has. */
  private static LuaValue health(JsonNode object) throws IOException {
    Globals globals = new Globals();
    globals.load(new BaseLib());
    globals.load(new PackageLib());
    globals.load(new TableLib());
    globals.load(new StringLib());
    LoadState.install(globals);
    LuaC.install(globals);
    globals.set("obj", lua(object));
    return globals.load(Files.readString(SCRIPTS.resolve("health.lua")), "health.lua").call();
  }

  private static LuaValue lua(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        LuaTable table = new LuaTable();
        node.properties().forEach(member -> table.set(member.getKey(), lua(member.getValue())));
        yield table;
      }
      case ARRAY -> {
        LuaTable table = new LuaTable();
        for (int index = 0; index < node.size(); index++) {
          table.set(index + 1, lua(node.get(index)));
        }
        yield table;
      }
      case NUMBER -> LuaValue.valueOf(node.intValue());
      case BOOLEAN -> LuaValue.valueOf(node.booleanValue());
      case STRING -> LuaValue.valueOf(node.textValue());
      case NULL, MISSING -> LuaValue.NIL;
      case BINARY, POJO -> throw new IllegalArgumentException("not in YAML");
    };
  }
}
