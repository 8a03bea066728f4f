using Autopilot.Core.Missions;

namespace Autopilot.Core.Tests.Missions;

public class FailureDiagnosisTests
{
    [Theory]
    [InlineData("verify: it ran longer than 00:15:00\n12 passed", Diagnosis.Timeout)]
    [InlineData("verify: signal SIGKILL ended it\n", Diagnosis.Crash)]
    [InlineData("verify: exit code 139\nSegmentation fault (core dumped)", Diagnosis.Crash)]
    [InlineData("verify: exit code 1\nsrc/A.cs(3,5): error CS1002: ; expected", Diagnosis.Compile)]
    [InlineData("verify: exit code 1\nsrc/a.ts(3,5): error TS2304: Cannot find name 'x'.", Diagnosis.Compile)]
    [InlineData("verify: exit code 101\nerror[E0425]: cannot find value `x` in this scope", Diagnosis.Compile)]
    [InlineData("verify: exit code 2\n    def f(\n         ^\nSyntaxError: '(' was never closed", Diagnosis.Compile)]
    [InlineData("verify: exit code 1\n./main.go:7:2: undefined: x\nFAIL\texample [build failed]", Diagnosis.Compile)]
    [InlineData("verify: exit code 1\nsrc/a.py:1:8: F401 `os` imported but unused", Diagnosis.Lint)]
    [InlineData("verify: exit code 1\n\n✖ 3 problems (3 errors, 0 warnings)", Diagnosis.Lint)]
    [InlineData("verify: exit code 1\na.py:4: error: Incompatible return value type", Diagnosis.Lint)]
    [InlineData("verify: exit code 1\nFAILED tests/test_a.py::test_x - assert 1 == 2\n1 failed, 3 passed in 0.1s", Diagnosis.Test)]
    [InlineData("verify: exit code 1\n--- FAIL: TestX (0.00s)", Diagnosis.Test)]
    [InlineData("verify: exit code 101\ntest result: FAILED. 3 passed; 1 failed", Diagnosis.Test)]
    [InlineData("verify: exit code 1\nit is not as it should be", Diagnosis.Unknown)]
    public void The_kind_of_a_failure_is_recognised_from_what_tools_print(string output, Diagnosis expected) =>
        Assert.Equal(expected, FailureDiagnosis.Of(output, []));

    [Fact]
    public void A_test_that_is_named_makes_a_test_failure() =>
        Assert.Equal(Diagnosis.Test, FailureDiagnosis.Of("verify: exit code 1\nodd output", ["test_x"]));
}
