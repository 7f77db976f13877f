package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        AuthMethod.class,
        CertEncoding.class,
        EncrId.class,
        ExchangeType.class,
        GcauthId.class,
        GroupKeyBagAttributeType.class,
        GroupSaAttributeType.class,
        GroupWideAttributeType.class,
        HashId.class,
        IdType.class,
        IntegId.class,
        KeMethod.class,
        KwaId.class,
        MemberKeyBagAttributeType.class,
        NotifyType.class,
        PayloadType.class,
        PrfId.class,
        ProtocolId.class,
        SnId.class,
        TrafficSelectorType.class,
        TransformAttributeType.class,
        TransformType.class
      })
  void everyNumberIsUsedOnceAndNamed(Class<?> registry) throws ReflectiveOperationException {
    Map<Integer, String> seen = new HashMap<>();
    for (Field field : registry.getFields()) {
      int number = field.getInt(null);
      assertThat(seen.put(number, field.getName())).as(field.getName()).isNull();
      assertThat(name(registry, number)).isEqualTo(field.getName());
    }
    assertThat(seen).isNotEmpty();
    assertThat(name(registry, 0x7ffe)).endsWith("(32766)");
  }

  private static String name(Class<?> registry, int number) throws ReflectiveOperationException {
    return (String) registry.getMethod("name", int.class).invoke(null, number);
  }

  @Test
  void groupNumbersAreThoseOfTheRfc() {
    assertThat(ExchangeType.GSA_INBAND_REKEY).isEqualTo(42);
    assertThat(PayloadType.KD).isEqualTo(52);
    assertThat(ProtocolId.GIKE_UPDATE).isEqualTo(6);
    assertThat(TransformType.KWA).isEqualTo(13);
    assertThat(TransformType.GCAUTH).isEqualTo(14);
    assertThat(TransformAttributeType.SIGNATURE_ALGORITHM_IDENTIFIER).isEqualTo(18);
    assertThat(NotifyType.REGISTRATION_FAILED).isEqualTo(49);
    assertThat(NotifyType.GROUP_SENDER).isEqualTo(16429);
  }

  @Test
  void knowsErrorsFromStatuses() {
    assertThat(NotifyType.isError(NotifyType.REGISTRATION_FAILED)).isTrue();
    assertThat(NotifyType.isError(16383)).isTrue();
    assertThat(NotifyType.isError(NotifyType.INITIAL_CONTACT)).isFalse();
  }

  @Test
  void namesTransformIdsByTheirType() {
    assertThat(TransformType.idName(TransformType.ENCR, 20)).isEqualTo("AES_GCM_16");
    assertThat(TransformType.idName(TransformType.ADDKE7, 36)).isEqualTo("ML_KEM_768");
    assertThat(TransformType.idName(99, 1)).isEqualTo("transform type(99) 1");
  }
}
