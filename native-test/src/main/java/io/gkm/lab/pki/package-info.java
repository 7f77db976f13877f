/** A small certification authority for the lab: certificates and CRLs made on the spot. */
package io.gkm.lab.pki;
