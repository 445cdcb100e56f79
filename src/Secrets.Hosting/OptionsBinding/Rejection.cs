using Microsoft.Extensions.Options;

namespace Secrets.Hosting.OptionsBinding;

/// <summary>Names why options were rejected. Messages of validations are not shown: an application's may quote the value.</summary>
internal static class Rejection
{
    public static string CodeOf(Exception failure) => failure switch
    {
        ISecretsError known => known.Code.ToString(),
        OptionsValidationException => "ValidationFailed",
        _ => failure.GetType().FullName!,
    };

    /// <summary>Says what is wrong, as far as it can be shown.</summary>
    public static string ReasonOf(Exception failure) => failure is ISecretsError
        ? failure.Message
        : "the message is the application's and not shown, because it may quote a secret";
}
