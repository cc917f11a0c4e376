package dev.keygate.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.admin.AuthorityControl;
import dev.keygate.emulator.maa.Maa;
import dev.keygate.emulator.maa.policy.AuthorizationRule;
import dev.keygate.emulator.maa.token.SigningKeys;
import java.util.Map;

/** The lab's attestation providers by their hosts. */
record LabAuthorities(Map<String, Maa> providers) implements AuthorityControl {

  LabAuthorities {
    providers = Map.copyOf(providers);
  }

  @Override
  public String mint(String host, ObjectNode claims) {
    return provider(host).mint(claims);
  }

  @Override
  public void rollOver(String host, Rollover step) {
    SigningKeys keys = provider(host).keys();
    switch (step) {
      case ANNOUNCE -> keys.announce();
      case ADOPT -> keys.adopt();
      case WITHDRAW -> keys.withdraw();
    }
  }

  @Override
  public void answerFrom(String host, Region region) {
    SigningKeys keys = provider(host).keys();
    switch (region) {
      case OWN -> keys.answerFrom(SigningKeys.Region.OWN);
      case PAIRED -> keys.answerFrom(SigningKeys.Region.PAIRED);
    }
  }

  @Override
  public void authorize(String host, Policy policy) {
    Maa provider = provider(host);
    switch (policy) {
      case PERMIT -> provider.authorize(AuthorizationRule.PERMIT);
      case DENY -> provider.authorize(AuthorizationRule.DENY);
    }
  }

  private Maa provider(String host) {
    Maa provider = providers.get(host);
    if (provider == null) {
      throw new IllegalArgumentException("authority: there is no '" + host + "'");
    }
    return provider;
  }
}
