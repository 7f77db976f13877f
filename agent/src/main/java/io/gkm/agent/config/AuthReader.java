package io.gkm.agent.config;

import io.gkm.agent.pki.TrustSettings;
import io.gkm.ike.Credentials;
import io.gkm.ike.OwnCredential;
import io.gkm.ike.PeerProof;
import io.gkm.ike.PreSharedKey;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.Identification;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tomlj.TomlPosition;

/**
 * Reads {@code [controller.NAME.auth]}: how we prove who we are, and what the key server has to
 * show. A pre-shared key does for whichever side has nothing else.
 */
final class AuthReader {
  private static final List<String> KEYS =
      List.of(
          "psk-file",
          OwnKeyReader.CERTIFICATE,
          OwnKeyReader.PUBLIC_KEY,
          OwnKeyReader.KEY,
          PeerTrustReader.AUTHORITIES,
          PeerTrustReader.PUBLIC_KEY,
          RevocationReader.REVOCATION,
          RevocationReader.CRLS,
          RevocationReader.OCSP);
  private static final String PSK_FORM =
      "write the name of a file with the pre-shared key, relative to this file's folder";

  private final Path folder;
  private final Problems problems;

  AuthReader(Path folder, Problems problems) {
    this.folder = folder;
    this.problems = problems;
  }

  /** Empty when something is wrong, which is reported then. */
  Optional<ControllerAuth> read(
      ConfigTable controller, Optional<Identification> localId, Optional<Identification> remoteId) {
    Optional<ConfigTable> table =
        controller.table("auth", "write the table " + controller.title("auth") + " with psk-file");
    return table.flatMap(auth -> readTable(auth, localId, remoteId));
  }

  private Optional<ControllerAuth> readTable(
      ConfigTable auth, Optional<Identification> localId, Optional<Identification> remoteId) {
    auth.allowOnly(KEYS);
    OwnKeyReader ownReader = new OwnKeyReader(folder, auth, problems);
    PeerTrustReader peerReader = new PeerTrustReader(folder, auth, problems);
    boolean ownKey = ownReader.isPresent();
    boolean peerTrust = peerReader.isPresent();
    Optional<Secret> psk = Optional.empty();
    if (!ownKey || !peerTrust) {
      psk = psk(auth);
    } else {
      auth.optionalText("psk-file", PSK_FORM)
          .ifPresent(
              file ->
                  problems.error(
                      file.at(),
                      "psk-file in %s is for nobody: we sign, and so does the key server; take it out"
                          .formatted(auth.title())));
    }
    Optional<OwnCredential> shared = psk.map(PreSharedKey::new);
    Optional<OwnCredential> own = ownKey ? ownReader.read(localId) : shared;
    Optional<PeerTrustReader.Peer> peer =
        peerTrust ? peerReader.read(remoteId) : psk.map(AuthReader::sharedKeyPeer);
    if (own.isEmpty() || peer.isEmpty()) {
      psk.ifPresent(Secret::close);
      return Optional.empty();
    }
    PeerProof proof = peer.get().proof();
    Optional<TrustSettings> trust = peer.get().trust();
    return Optional.of(new ControllerAuth(new Credentials(own.get(), proof), trust, psk));
  }

  private static PeerTrustReader.Peer sharedKeyPeer(Secret psk) {
    return new PeerTrustReader.Peer(new PreSharedKey(psk), Optional.empty());
  }

  private Optional<Secret> psk(ConfigTable auth) {
    Optional<Located<String>> file = auth.text("psk-file", PSK_FORM);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    TomlPosition at = file.get().at();
    try {
      PskFile.Psk psk = PskFile.read(folder.resolve(file.get().value()).normalize());
      psk.doubt().ifPresent(doubt -> problems.warning(at, doubt));
      return Optional.of(psk.secret());
    } catch (RefusedFileException e) {
      problems.error(at, "psk-file: " + e.getMessage());
    } catch (InvalidPathException e) {
      problems.error(at, "psk-file is not a path: " + e.getReason() + "; " + PSK_FORM);
    }
    return Optional.empty();
  }
}
