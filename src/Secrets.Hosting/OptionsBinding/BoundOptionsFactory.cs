using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Secrets.Hosting.OptionsBinding;

/// <summary>
/// Creates options of a section: the object is bound first, then configured and validated as any other. Records and <c>required</c> members work,
/// since the binder creates the object.
/// </summary>
internal sealed class BoundOptionsFactory<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(
    IReadOnlyDictionary<string, Func<T>> sections,
    IEnumerable<IConfigureOptions<T>> setups,
    IEnumerable<IPostConfigureOptions<T>> postConfigures,
    IEnumerable<IValidateOptions<T>> validations)
    : OptionsFactory<T>(setups, postConfigures, validations)
    where T : class
{
    protected override T CreateInstance(string name) => sections.TryGetValue(name, out Func<T>? bind) ? bind() : base.CreateInstance(name);
}
