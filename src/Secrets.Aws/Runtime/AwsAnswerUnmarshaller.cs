using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace Secrets.Aws.Runtime;

/// <summary>Takes answers as they are, and errors as their code: the SDK's own reader can put a whole body into a message.</summary>
internal sealed class AwsAnswerUnmarshaller : JsonResponseUnmarshaller
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input) => new AwsAnswer
    {
        Status = input.ResponseData.StatusCode,
        Body = ReadAll(input.Stream),
    };

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) => new(
        "The service answered with an error.",
        innerException: null,
        ErrorType.Unknown,
        AwsErrorCode.Clean(input.ResponseData.GetHeaderValue("x-amzn-ErrorType")) ?? AwsErrorCode.Clean(TypeOf(ReadAll(input.Stream))) ?? "",
        AwsErrorCode.Clean(input.ResponseData.GetHeaderValue("x-amzn-RequestId")) ?? "",
        statusCode);

    // "Operation error serialization" of the protocol "AWS JSON 1.1": the header, or one of two members.
    private static string? TypeOf(byte[] body)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? TextOf(json.RootElement, "__type") ?? TextOf(json.RootElement, "code") : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static byte[] ReadAll(Stream stream)
    {
        using var body = new MemoryStream();
        stream.CopyTo(body);
        return body.ToArray();
    }
}
