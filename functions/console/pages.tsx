import { lazy, Suspense } from 'react'
import { Outlet, Route, Routes, useLocation } from 'react-router'
import { consoleDomains } from './domains/domains.ts'
import { PageBoundary } from './shell/page-boundary.tsx'
import { PageLoading } from './shell/page-loading.tsx'
import { Shell } from './shell/shell.tsx'
import { SignedIn } from './shell/signed-in.tsx'

// One file of code a page: a visitor loads what they look at.
const Start = lazy(() => import('./pages/start/start.tsx'))
const SignIn = lazy(() => import('./pages/sign-in/sign-in.tsx'))
const SignUp = lazy(() => import('./pages/sign-in/sign-up.tsx'))
const Wallet = lazy(() => import('./pages/wallet/wallet.tsx'))
const Predictors = lazy(() => import('./pages/predictors/predictors.tsx'))
const Predictor = lazy(() => import('./pages/predictors/predictor.tsx'))
const Jobs = lazy(() => import('./pages/jobs/jobs.tsx'))
const Job = lazy(() => import('./pages/jobs/job.tsx'))
const CompareJobs = lazy(() => import('./pages/jobs/compare-jobs.tsx'))
const Access = lazy(() => import('./pages/admin/access.tsx'))
const Webhooks = lazy(() => import('./pages/admin/webhooks.tsx'))
const Admin = lazy(() => import('./pages/admin/admin.tsx'))
const Missing = lazy(() => import('./pages/missing.tsx'))

export function Pages() {
  const { pathname } = useLocation()
  return (
    <PageBoundary place={pathname}>
      {' '}
      <Suspense fallback={<PageLoading />}>
        <Routes>
          <Route path="/console/sign-in" element={<SignIn />} />
          <Route path="/console/sign-up" element={<SignUp />} />
          <Route
            element={
              <SignedIn>
                {(profile) => (
                  <Shell profile={profile}>
                    <Suspense fallback={<PageLoading />}>
                      <Outlet />
                    </Suspense>
                  </Shell>
                )}
              </SignedIn>
            }
          >
            <Route path="/" element={<Start />} />
            <Route path="/console" element={<Start />} />
            <Route path="/console/wallet" element={<Wallet />} />
            <Route path="/console/predictors" element={<Predictors />} />
            <Route path="/console/predictors/:name" element={<Predictor />} />
            <Route path="/console/jobs" element={<Jobs />} />
            <Route path="/console/jobs/compare" element={<CompareJobs />} />
            <Route path="/console/jobs/:id" element={<Job />} />
            <Route path="/console/access" element={<Access />} />
            <Route path="/console/webhooks" element={<Webhooks />} />
            <Route path="/console/admin/*" element={<Admin />} />
            {consoleDomains.flatMap(({ pages }) =>
              pages.map(({ path, Page }) => <Route key={path} path={path} element={<Page />} />),
            )}
            <Route path="*" element={<Missing />} />
          </Route>
        </Routes>
      </Suspense>
    </PageBoundary>
  )
}
