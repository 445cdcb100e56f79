using System.Runtime.InteropServices;
using System.Text;

namespace Secrets.Keys;

/// <summary>Hashes a key four characters at a time. Keys that are the same but for case have the same hash.</summary>
internal static class KeyHash
{
    // Sets the bit that tells ASCII's cases apart. Other characters meet too, as "_" and DEL do: that costs a comparison, not a mistake.
    private const ulong CaseBits = 0x0020_0020_0020_0020;

    private const ulong NonAscii = 0xFF80_FF80_FF80_FF80;

    // Names come from stores that others can write to: no crafted set of names shares a hash in every process.
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64() | 1;

    public static int Of(ReadOnlySpan<char> key)
    {
        // Nearly every key: two products at the most, which the processor makes at the same time, and no loop.
        if (key.Length is >= 4 and <= 16)
        {
            ulong first = Word(key, 0), last = Word(key, key.Length - 4), all = first | last;
            ulong hash = Mix(Seed ^ (uint)key.Length ^ (first | CaseBits), last | CaseBits);
            if (key.Length > 8)
            {
                ulong second = Word(key, 4), third = Word(key, key.Length - 8);
                all |= second | third;
                hash ^= Mix(~Seed ^ (second | CaseBits), third | CaseBits);
            }

            if ((all & NonAscii) == 0)
            {
                return (int)(hash ^ (hash >> 32));
            }
        }

        return OfAnyLength(key);
    }

    private static int OfAnyLength(ReadOnlySpan<char> key)
    {
        if (!Ascii.IsValid(key))
        {
            return string.GetHashCode(key, StringComparison.OrdinalIgnoreCase);
        }

        ulong hash = Seed ^ (uint)key.Length;
        foreach (char c in key)
        {
            hash = Mix(hash, c | 0x20UL);
        }

        return (int)(hash ^ (hash >> 32));
    }

    private static ulong Word(ReadOnlySpan<char> key, int at) => MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(key[at..]));

    // Both halves of the product count, so that a difference in any bit of a word reaches every bit of the hash.
    private static ulong Mix(ulong hash, ulong word)
    {
        ulong high = Math.BigMul(hash, word ^ 0x9E37_79B9_7F4A_7C15, out ulong low);
        return high ^ low;
    }
}
