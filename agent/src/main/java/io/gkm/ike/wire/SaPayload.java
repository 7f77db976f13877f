package io.gkm.ike.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Security Association SA (33), also SAg (RFC 7296 section 3.3, RFC 9838 section 4.3): one or more
 * proposals.
 *
 * @param proposals in order of preference
 */
public record SaPayload(List<Proposal> proposals) implements Payload {
  private static final int MORE = 2;
  private static final int LAST = 0;
  private static final int HEADER_LENGTH = 4;
  private static final int MAX_PROPOSALS = 64;

  /** Copies the list. */
  public SaPayload {
    proposals = List.copyOf(proposals);
  }

  @Override
  public int type() {
    return PayloadType.SA;
  }

  static SaPayload decode(ByteReader in) throws WireException {
    List<Proposal> proposals = new ArrayList<>();
    int marker;
    do {
      if (proposals.size() == MAX_PROPOSALS) {
        throw in.error("Proposal", "more than " + MAX_PROPOSALS);
      }
      marker = in.u8("Proposal Last Substruc");
      if (marker != MORE && marker != LAST) {
        throw in.errorAt(1, "Proposal Last Substruc", marker + ", expected 0 or 2");
      }
      in.skip(1, "Proposal RESERVED");
      int length = in.u16("Proposal Length");
      if (length < HEADER_LENGTH) {
        throw in.errorAt(2, "Proposal Length", length + ", shorter than the header");
      }
      proposals.add(Proposal.decodeBody(in.slice(length - HEADER_LENGTH, "Proposal")));
    } while (marker == MORE);
    in.expectEnd("last Proposal");
    return new SaPayload(proposals);
  }

  @Override
  public void encodeBody(ByteWriter out) {
    for (int i = 0; i < proposals.size(); i++) {
      int start = out.size();
      out.u8(i + 1 < proposals.size() ? MORE : LAST).u8(0).u16(0);
      proposals.get(i).encodeBody(out);
      out.patchU16(start + 2, out.size() - start);
    }
  }
}
