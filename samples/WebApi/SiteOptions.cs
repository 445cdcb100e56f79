using System.ComponentModel.DataAnnotations;
using Secrets;

namespace WebApi;

/// <summary>The section <c>site</c>. The key stays masked wherever the options are printed.</summary>
public sealed class SiteOptions
{
    [Required]
    public string Greeting { get; set; } = "";

    public required SecretValue ApiKey { get; set; }
}
