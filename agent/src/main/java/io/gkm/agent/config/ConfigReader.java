package io.gkm.agent.config;

import io.gkm.agent.config.ControllerReader.Draft;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;

/** Reads one configuration file, once. */
final class ConfigReader {
  static final int MAX_FILE_OCTETS = 1 << 20;

  private static final List<String> TABLES = List.of("agent", "controller", "group");
  private static final String CONTROLLER_FORM =
      "write [controller.NAME] with address, local-id, remote-id and [controller.NAME.auth]";
  private static final String GROUP_FORM =
      "write [group.NAME] with controller, id, role, interface and allow";

  private final Path file;
  private final Problems problems = new Problems();

  ConfigReader(Path file) {
    this.file = file;
  }

  Configuration read() throws ConfigException {
    Map<String, Draft> drafts = new LinkedHashMap<>();
    try {
      TomlParseResult toml = Toml.parse(text());
      for (TomlParseError error : toml.errors()) {
        problems.error(error.position(), "not TOML: " + error.getMessage());
      }
      failIfWrong();
      ConfigTable root = ConfigTable.root(toml, problems);
      root.allowOnly(TABLES);
      AgentReader agent = new AgentReader(root, problems);
      Path controlSocket = agent.controlSocket();
      OnExit onExit = agent.onExit();
      readControllers(root, drafts);
      readGroups(root, drafts);
      failIfWrong();
      List<ControllerConfig> controllers =
          drafts.values().stream().map(draft -> draft.build(problems)).toList();
      return new Configuration(file, controlSocket, onExit, controllers, problems.warnings());
    } catch (ConfigException e) {
      drafts.values().forEach(Draft::close);
      throw e;
    }
  }

  private void failIfWrong() throws ConfigException {
    List<ConfigProblem> errors = problems.errors();
    if (!errors.isEmpty()) {
      throw new ConfigException(file, errors);
    }
  }

  private String text() throws ConfigException {
    String problem;
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MAX_FILE_OCTETS) {
        problem = "is larger than " + MAX_FILE_OCTETS + " octets; that is no gkm configuration";
      } else {
        byte[] content = Files.readAllBytes(file);
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      }
    } catch (CharacterCodingException e) {
      problem = "is not UTF-8 text; a configuration is TOML in UTF-8";
    } catch (NoSuchFileException e) {
      problem = "does not exist";
    } catch (AccessDeniedException e) {
      problem = "cannot be read: permission denied";
    } catch (IOException e) {
      problem = "cannot be read: " + e.getMessage();
    }
    problems.error(problem);
    throw new ConfigException(file, problems.errors());
  }

  private void readControllers(ConfigTable root, Map<String, Draft> drafts) {
    ControllerReader reader = new ControllerReader(file, problems);
    root.table("controller", CONTROLLER_FORM)
        .ifPresent(
            all ->
                all.tables(CONTROLLER_FORM)
                    .forEach((name, table) -> drafts.put(name, reader.read(name, table))));
  }

  private void readGroups(ConfigTable root, Map<String, Draft> drafts) {
    GroupReader reader = new GroupReader(drafts, problems);
    List<GroupReader.Member> members = new ArrayList<>();
    root.table("group", GROUP_FORM)
        .ifPresent(
            all ->
                all.tables(GROUP_FORM)
                    .forEach((name, table) -> reader.read(name, table).ifPresent(members::add)));
    new GroupConflicts(problems).check(members);
    members.forEach(member -> member.controller().add(member.settings()));
  }
}
