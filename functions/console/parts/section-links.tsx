import { Flex, theme } from 'antd'
import { NavLink } from 'react-router'

interface SectionLinksProps {
  label: string
  sections: readonly { to: string; text: string }[]
}

/** The way between the parts of a page that has several. */
export function SectionLinks({ label, sections }: SectionLinksProps) {
  const { token } = theme.useToken()
  return (
    <nav aria-label={label}>
      <Flex wrap gap="0 24px" style={{ borderBottom: `1px solid ${token.colorBorderSecondary}`, marginBottom: 16 }}>
        {sections.map(({ to, text }) => (
          <NavLink
            key={to}
            to={to}
            end
            style={({ isActive }) => ({
              padding: '8px 0',
              color: isActive ? token.colorLink : token.colorText,
              fontWeight: isActive ? 600 : 400,
              borderBottom: `2px solid ${isActive ? token.colorLink : 'transparent'}`,
            })}
          >
            {text}
          </NavLink>
        ))}
      </Flex>
    </nav>
  )
}
