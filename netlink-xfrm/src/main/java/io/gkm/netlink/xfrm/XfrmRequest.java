package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkConnection.Request;

/**
 * One change of the kernel's databases. Its message has no flags beside F_REQUEST and F_ACK, as
 * ip-xfrm: the kernel looks at the message type alone.
 */
public sealed interface XfrmRequest {
  /** What is done, for people. */
  String operation();

  /** To what, for people. */
  String object();

  /** The netlink message of it. */
  Request encode();

  /** Adds an SA; refused where its identity is taken. */
  record AddSa(XfrmSa sa) implements XfrmRequest {
    @Override
    public String operation() {
      return "add";
    }

    @Override
    public String object() {
      return sa.id().toString();
    }

    @Override
    public Request encode() {
      return Request.of(XfrmMessageType.NEWSA, out -> XfrmSaCodec.encode(sa, out));
    }
  }

  /** Changes an SA that is there: limits, output mark; never its keys or reqid. */
  record UpdateSa(XfrmSa sa) implements XfrmRequest {
    @Override
    public String operation() {
      return "update";
    }

    @Override
    public String object() {
      return sa.id().toString();
    }

    @Override
    public Request encode() {
      return Request.of(XfrmMessageType.UPDSA, out -> XfrmSaCodec.encode(sa, out));
    }
  }

  /** Removes an SA. */
  record DeleteSa(XfrmSaId id) implements XfrmRequest {
    @Override
    public String operation() {
      return "delete";
    }

    @Override
    public String object() {
      return id.toString();
    }

    @Override
    public Request encode() {
      return Request.of(XfrmMessageType.DELSA, id::encode);
    }
  }

  /** Adds a policy; refused where its identity is taken. */
  record AddPolicy(XfrmPolicy policy) implements XfrmRequest {
    @Override
    public String operation() {
      return "add";
    }

    @Override
    public String object() {
      return policy.id().toString();
    }

    @Override
    public Request encode() {
      return Request.of(XfrmMessageType.NEWPOLICY, policy::encode);
    }
  }

  /** Puts a policy in the place of the one with its identity, at once; adds it where none is. */
  record UpdatePolicy(XfrmPolicy policy) implements XfrmRequest {
    @Override
    public String operation() {
      return "update";
    }

    @Override
    public String object() {
      return policy.id().toString();
    }

    @Override
    public Request encode() {
      return Request.of(XfrmMessageType.UPDPOLICY, policy::encode);
    }
  }

  /** Removes a policy. */
  record DeletePolicy(XfrmPolicyId id) implements XfrmRequest {
    @Override
    public String operation() {
      return "delete";
    }

    @Override
    public String object() {
      return id.toString();
    }

    @Override
    public Request encode() {
      return Request.of(XfrmMessageType.DELPOLICY, id::encode);
    }
  }
}
