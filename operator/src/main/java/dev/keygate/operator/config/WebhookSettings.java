package dev.keygate.operator.config;

/**
 * The injection webhook.
 *
 * @param port where it listens
 * @param certificate what it shows to the API server
 * @param injection what it does to pods
 */
public record WebhookSettings(
    int port, CertificateSettings certificate, InjectionSettings injection) {}
