using Autopilot.Core;
using Autopilot.RunHost;

// A process that holds a durable run or a recording, for tests that kill it, refuse it, or take its disk away.
// usage: Autopilot.RunHost run FOLDER STEPS BYTES [RUN]    each step makes a file in FOLDER/world and gives BYTES characters
//        Autopilot.RunHost record FILE BYTES               records messages of BYTES characters until it cannot
//        Autopilot.RunHost spend HOME SEED PERMITS         reserves and settles under the shared caps
//        Autopilot.RunHost kill HOME REASON                pulls the kill switch
try
{
    return args switch
    {
        ["run", var folder, var steps, var bytes, .. var run] => await HostedRun.Execute(folder, Number(steps), Number(bytes), run is [var id] ? id : null),
        ["record", var file, var bytes] => HostedRecording.Write(file, Number(bytes)),
        ["spend", var folder, var seed, var permits] => await HostedSpending.Spend(folder, Number(seed), Number(permits)),
        ["kill", var folder, var reason] => HostedKill.Pull(folder, reason),
        _ => ExitCodes.Usage,
    };
}
catch (UserErrorException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    return error.ExitCode;
}

static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
