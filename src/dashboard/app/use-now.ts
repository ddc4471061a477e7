import { useEffect, useState } from 'preact/hooks';

/** The time, which moves on each minute: ages and periods that end now depend on it. */
export const useNow = (): Date => {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
};
