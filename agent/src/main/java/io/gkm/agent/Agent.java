package io.gkm.agent;

import io.gkm.agent.config.Configuration;
import io.gkm.agent.config.ControllerConfig;
import io.gkm.agent.control.AlreadyRunningException;
import io.gkm.agent.control.ControlServer;
import io.gkm.agent.control.DaemonLock;
import io.gkm.dataplane.ApplyResult;
import io.gkm.group.ControllerMember;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon: puts the parts together, starts them in the order that keeps traffic from leaving in
 * clear, and takes them down again. {@link #start} and {@link #stop} belong to one thread.
 */
public final class Agent {
  private static final Duration CLIENT_PATIENCE = Duration.ofSeconds(5);
  private static final Duration KERNEL_OPENING = Duration.ofSeconds(20);
  static final Path LOCK_FOLDER = Path.of("/run/gkm");
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  /** What an agent needs from outside; tests have their own. */
  record Surroundings(
      KernelThread.Opener dataPlane,
      KernelWatch.Opener watch,
      Function<ControllerConfig, ControllerMember> members,
      Path lockFolder,
      AgentClock clock) {}

  private final Configuration configuration;
  private final Path controlSocket;
  private final Surroundings surroundings;
  private final AgentClock clock;
  private final Deque<AutoCloseable> locks = new ArrayDeque<>();
  private final KernelThread kernel;
  private final EventLoopGroup loops;
  private final EventLoop loop;
  private final Members members;
  private final KernelSync sync;
  private final StatusMaker statusMaker;
  private Optional<ControlServer> control = Optional.empty();
  private Optional<AutoCloseable> watch = Optional.empty();
  private boolean membersStarted;
  private Optional<ExitStatus> stopped = Optional.empty();
  private final CompletableFuture<Void> hurry = new CompletableFuture<>();

  /** An agent for this host's kernel. */
  public static Agent onThisHost(Configuration configuration, Path controlSocket) {
    MemberFactory members = new MemberFactory(new SecureRandom());
    return new Agent(
        configuration,
        controlSocket,
        new Surroundings(
            KernelOpener::open,
            KernelWatch::open,
            members::create,
            LOCK_FOLDER,
            AgentClock.system()));
  }

  Agent(Configuration configuration, Path controlSocket, Surroundings surroundings) {
    this.configuration = configuration;
    this.controlSocket = controlSocket;
    this.surroundings = surroundings;
    this.clock = surroundings.clock();
    this.kernel = new KernelThread(clock);
    this.loops =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("gkm-loop"), EpollIoHandler.newFactory());
    this.loop = loops.next();
    this.members =
        new Members(
            configuration.controllers(),
            surroundings.members(),
            loop,
            clock,
            this::desiredStateChanged);
    this.sync = new KernelSync(kernel, loop, clock, members::desired);
    this.statusMaker =
        new StatusMaker(configuration.file(), clock, loop, kernel, members, sync::report);
  }

  /**
   * Starts everything. The guards stand before the first message is sent.
   *
   * @throws StartException when it cannot run here; everything done so far is undone
   */
  public void start() throws StartException {
    try {
      locks.push(DaemonLock.forNetwork(surroundings.lockFolder()));
      locks.push(DaemonLock.forSocket(controlSocket));
      openKernel();
      raiseGuards();
      openWatch();
      control =
          Optional.of(ControlServer.open(loop, controlSocket, statusMaker::make, CLIENT_PATIENCE));
      membersStarted = true;
      onLoop(
              () -> {
                sync.changed();
                members.start();
                return null;
              })
          .get();
    } catch (AlreadyRunningException e) {
      throw undone(ExitStatus.ALREADY_RUNNING, e.getMessage(), e);
    } catch (IOException e) {
      throw undone(ExitStatus.UNAVAILABLE, Failures.text(e), e);
    } catch (StartException e) {
      throw undone(e.status(), e.getMessage(), e);
    } catch (ExecutionException e) {
      throw undone(ExitStatus.DEFECT, "the groups could not be started: " + Failures.text(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw undone(ExitStatus.UNCLEAN, "interrupted while starting", e);
    }
    LOG.info(
        "gkm: running (key servers: {}, groups: {}), control socket {}",
        configuration.controllers().size(),
        configuration.groupCount(),
        controlSocket);
  }

  private void openKernel() throws StartException, InterruptedException {
    await(kernel.open(surroundings.dataPlane()), "the kernel cannot be programmed: ");
  }

  private void raiseGuards() throws StartException, InterruptedException {
    // Nothing runs yet, so the members can be asked from this thread: they want guards only.
    ApplyResult result =
        await(kernel.apply(members.desired()), "the groups' traffic cannot be guarded: ");
    Optional<String> problem = ApplyProblems.of(result);
    if (problem.isPresent()) {
      throw new StartException(
          ExitStatus.UNAVAILABLE, "the groups' traffic cannot be guarded: " + problem.get(), null);
    }
  }

  private void openWatch() {
    try {
      watch =
          Optional.of(
              surroundings
                  .watch()
                  .open(
                      new KernelWatch.Listener() {
                        @Override
                        public void changed(String hint) {
                          loop.execute(() -> sync.lookSoon(hint));
                        }

                        @Override
                        public void nearlyUsedUp(int protocolId, int spi) {
                          loop.execute(() -> members.nearlyUsedUp(protocolId, spi));
                        }
                      }));
    } catch (Exception e) {
      LOG.warn(
          "gkm: the kernel's events cannot be heard: {}; looks every {} s instead",
          Failures.text(e),
          KernelSync.RECHECK.toSeconds());
    }
  }

  private void closeWatch() {
    try {
      if (watch.isPresent()) {
        watch.get().close();
      }
    } catch (Exception e) {
      LOG.warn("gkm: closing the kernel's events failed: {}", Failures.text(e));
    }
  }

  private static <T> T await(CompletableFuture<T> result, String failed)
      throws StartException, InterruptedException {
    try {
      return result.get(KERNEL_OPENING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new StartException(ExitStatus.UNAVAILABLE, failed + Failures.text(e), e);
    } catch (TimeoutException e) {
      throw new StartException(ExitStatus.UNAVAILABLE, failed + "it does not answer", e);
    }
  }

  private StartException undone(ExitStatus status, String message, Throwable cause) {
    stop();
    return new StartException(status, message, cause);
  }

  /** From any thread: stopping shall not wait for key servers any longer. */
  public void hurry() {
    hurry.complete(null);
  }

  /**
   * Leaves the groups, removes what was installed (the guards only where the configuration says
   * so), closes everything; takes about {@link AgentStop#TOTAL} at most.
   *
   * @return {@link ExitStatus#OK} when everything that was to go is gone
   */
  public ExitStatus stop() {
    if (stopped.isEmpty()) {
      stopped = Optional.of(stopOnce());
    }
    return stopped.get();
  }

  /** Looks at once whether the kernel holds what the groups need, not in its turn. */
  void recheckKernel() {
    loop.execute(sync::changed);
  }

  private ExitStatus stopOnce() {
    return new AgentStop(clock, hurry).run(this::leave, this::removeAll, this::closeRest);
  }

  private CompletableFuture<Void> leave() {
    if (!membersStarted) {
      return CompletableFuture.completedFuture(null);
    }
    return onLoop(
            () -> {
              members.leave();
              return null;
            })
        .thenCompose(said -> members.finished());
  }

  private CompletableFuture<Void> removeAll() {
    sync.stop();
    return kernel.removeAndClose(configuration.onExit());
  }

  private void closeRest() {
    closeWatch();
    try {
      onLoop(
              () -> {
                members.close();
                if (control.isPresent()) {
                  control.get().close();
                }
                return null;
              })
          .get(1, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("gkm: closing the sockets failed: {}", Failures.text(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    while (!locks.isEmpty()) {
      try {
        locks.pop().close();
      } catch (Exception e) {
        LOG.warn("gkm: letting go of a lock failed: {}", Failures.text(e));
      }
    }
  }

  private void desiredStateChanged() {
    sync.changed();
  }

  <T> CompletableFuture<T> onLoop(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            result.complete(work.call());
          } catch (Throwable failure) {
            result.completeExceptionally(failure);
          }
        });
    return result;
  }
}
