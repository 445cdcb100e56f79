using Secrets.Remote.Http;

namespace Secrets.Remote;

/// <summary>
/// The table of a store's failures: what each exception of its client means. This class knows HTTP and the network; a store with codes of its own derives from it, adds a row
/// for each code and leaves the rest to <c>base.Find</c>. Codes and statuses decide, never texts.
/// </summary>
/// <remarks>
/// Statuses mean what RFC 9110, section 15 says. A status 404 is an absent secret only if the answer has the store's own error code: a page of something else at this address
/// says nothing of a secret.
/// </remarks>
public class RemoteFailures
{
    internal static RemoteFailures Default { get; } = new();

    /// <summary>Says what an exception means.</summary>
    /// <param name="failure">What a member of the store threw; never a cancellation that the caller asked for.</param>
    /// <returns>The meaning, or <see langword="null"/> if the exception is not a failure of the store but a mistake in the program, which is then thrown unchanged.</returns>
    public virtual RemoteFailure? Find(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (failure is RemoteHttpException answer)
        {
            RemoteFailure byStatus = RemoteFailure.OfStatus(answer.Status);
            bool isMissing = answer is { Status: 404, VendorCode: not null };
            return new RemoteFailure(isMissing ? RemoteFailureKind.Missing : byStatus.Kind, isMissing ? SecretsErrorCode.NotFound : byStatus.Code)
            {
                Status = answer.Status,
                VendorCode = answer.VendorCode,
                RetryAfter = answer.RetryAfter,
                IsTransient = byStatus.IsTransient,
            };
        }

        if (failure is HttpRequestException { StatusCode: { } status })
        {
            return RemoteFailure.OfStatus((int)status);
        }

        if (failure is UnusableTokenException)
        {
            return new RemoteFailure(RemoteFailureKind.Store, SecretsErrorCode.AccessDenied, failure.Message) { Advice = "correct the credential." };
        }

        Exception cause = failure is OperationCanceledException ? new TimeoutException() : NetworkFailure.CauseOf(failure);
        if (cause is not (HttpRequestException or TimeoutException or AnswerTooLargeException or MalformedAnswerException or IOException))
        {
            return null;
        }

        (SecretsErrorCode code, string problem) = NetworkFailure.Describe(cause);
        return new RemoteFailure(NetworkFailure.KindOf(cause), code, problem) { IsTransient = NetworkFailure.MayPass(cause) };
    }
}
