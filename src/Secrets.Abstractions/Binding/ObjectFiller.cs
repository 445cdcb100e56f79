using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Secrets.Conversion;

namespace Secrets.Binding;

/// <summary>
/// Fills objects that exist: new ones after their constructor, those that a member holds, and those that the program brings.
/// It first collects what is to be assigned, so that nothing is changed if anything is wrong.
/// </summary>
[RequiresUnreferencedCode(Trimming.Note)]
[RequiresDynamicCode(Trimming.Note)]
internal sealed class ObjectFiller(BindingContext context, ValueBinder values, Binder binder)
{
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

    public void Run(List<Action> assignments, Type type, SecretPath path) => context.Running(type, path, () =>
    {
        assignments.ForEach(a => a());
        return null;
    });

    /// <summary>Prepares what fills an object; without an object, it only looks for problems.</summary>
    public void FillObject(Type type, object? existing, SecretPath path, List<Action> assignments, FillMode mode = FillMode.Existing)
    {
        if (path.Segments.Count == 0)
        {
            FillFromSection(type, existing, context.Root.View, path, mode, assignments);
        }
        else if (context.Find(type, path) is { } value)
        {
            context.Reading(type, path, () =>
            {
                FillFromValue(type, existing, value, path, mode, assignments);
                return null;
            });
        }
        else if (TypeKinds.IsComposite(type))
        {
            FillMembers(TypeShape.OfExisting(type), existing, path, mode, assignments);
        }
    }

    public void FillMembers(TypeShape shape, object? owner, SecretPath at, FillMode mode, List<Action> assignments)
    {
        foreach (Member member in shape.Settable)
        {
            FillSettable(shape, member, owner, at.Append(member.Path), mode, assignments);
        }

        foreach (Member member in shape.Fillable)
        {
            FillHeld(shape, member, owner, at.Append(member.Path), mode, assignments);
        }

        foreach (Member member in shape.Others)
        {
            SecretPath path = at.Append(member.Path);
            if ((mode != FillMode.New || member.Role == MemberRole.Unsupported) && context.HasValue(path))
            {
                string reason = member.Role == MemberRole.Unsupported
                    ? $"has {TextConverter.Describe(member.Type)}, which {TypeKinds.Refusal(Nullable.GetUnderlyingType(member.Type) ?? member.Type)}."
                    : "has no public setter; give it one.";
                context.Misfit(path, $"the member {member.Name} {reason}");
            }
        }
    }

    private void FillFromValue(Type type, object? existing, SecretValue value, SecretPath path, FillMode mode, List<Action> assignments)
    {
        SequenceShape? sequence = SequenceShape.Of(type);
        if (value.Kind == SecretKind.Array && sequence is not null)
        {
            object?[] elements = values.Elements(sequence, value, path);
            Prepare(existing, sequence.CanFill, o => sequence.Fill(o, elements), path, assignments);
        }
        else if (value.Kind == SecretKind.Section && sequence is null)
        {
            FillFromSection(type, existing, value.AsSection(), path, mode, assignments);
        }
        else
        {
            values.Wrong(value, type);
        }
    }

    private void FillFromSection(Type type, object? existing, SecretsView section, SecretPath path, FillMode mode, List<Action> assignments)
    {
        if (DictionaryShape.Of(type) is { } dictionary)
        {
            List<KeyValuePair<object, object?>> entries = values.Entries(dictionary, section, path);
            Prepare(existing, dictionary.CanFill, o => dictionary.Fill(o, entries), path, assignments);
        }
        else
        {
            FillMembers(TypeShape.OfExisting(type), existing, path, mode, assignments);
        }
    }

    private void Prepare(object? existing, Func<object, bool> canFill, Action<object> fill, SecretPath path, List<Action> assignments)
    {
        if (existing is null)
        {
            return;
        }

        if (canFill(existing))
        {
            assignments.Add(() => fill(existing));
        }
        else
        {
            context.Misfit(path, "the collection that it would fill is read-only; give the member a setter.");
        }
    }

    private void FillSettable(TypeShape shape, Member member, object? owner, SecretPath path, FillMode mode, List<Action> assignments)
    {
        bool isThere = context.IsThere(member.Type, path);
        object? held = owner is null ? null : TypeShape.Held(member, owner);
        if (isThere && held is not null)
        {
            // What other objects hold too must not change with this one; a struct is a copy already.
            bool isShared = mode == FillMode.Copy || shape.IsShared(member, held);
            object target = isShared ? Copy(held) : held;
            FillObject(target.GetType(), target, path, assignments, isShared ? FillMode.Copy : FillMode.Existing);
            if (isShared || held is ValueType)
            {
                assignments.Add(() => member.Write(owner!, target));
            }
        }
        else if (isThere || (mode == FillMode.New && member.IsRequired))
        {
            object? value = binder.BindPath(member.Type, path);
            if (owner is not null)
            {
                assignments.Add(() => member.Write(owner, value));
            }
        }
        else if (held is not null)
        {
            FindNulls(held, path);
        }
        else if (owner is not null && member.IsNullIn(owner))
        {
            context.Problems.Missing(path);
        }
    }

    /// <summary>Reports the nulls that an object which no secret touches would keep against its types.</summary>
    private void FindNulls(object held, SecretPath path)
    {
        if (_seen.Add(held))
        {
            FillMembers(TypeShape.OfExisting(held.GetType()), held, path, FillMode.Existing, []);
        }
    }

    private static object Copy(object held) =>
        typeof(object).GetMethod(nameof(MemberwiseClone), BindingFlags.NonPublic | BindingFlags.Instance)!.Invoke(held, null)!;

    private void FillHeld(TypeShape shape, Member member, object? owner, SecretPath path, FillMode mode, List<Action> assignments)
    {
        object? held = owner is null ? null : member.Read(owner);
        if (!context.IsThere(member.Type, path))
        {
            if (held is not null && TypeKinds.IsComposite(held.GetType()))
            {
                FindNulls(held, path);
            }

            return;
        }

        string? reason = owner is null ? null
            : held is null ? "holds null"
            : !ReferenceEquals(held, member.Read(owner)) ? "returns a new object at each read"
            : mode == FillMode.Copy || shape.IsShared(member, held) ? "holds an object that other objects hold too"
            : null;
        if (reason is not null)
        {
            context.Misfit(path, $"the member {member.Name} {reason} and has no public setter; give it one.");
            return;
        }

        FillObject(held?.GetType() ?? member.Type, held, path, assignments);
    }
}
